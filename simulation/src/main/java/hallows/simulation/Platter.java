package hallows.simulation;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The disk of one machine, which outlives its processes: a tree of directories, and the changes of
/// names that no sync has kept yet.
final class Platter {
    private final Directory root = new Directory();
    private final List<NameChange> unsynced = new ArrayList<>();
    private final Set<String> locked = new TreeSet<>();
    private long capacityBytes = Long.MAX_VALUE;

    /// What a path leads to; null for nothing.
    @Nullable Entry find(Path path) {
        Entry at = root;
        for (Path name : path.normalize()) {
            if (!name.toString().isEmpty()) {
                at = at instanceof Directory directory ? directory.find(name.toString()) : null;
            }
        }
        return at;
    }

    /// The directory a path's last name stands in; null for none.
    NameChange.@Nullable Name place(Path path) {
        Path normal = path.normalize();
        Path name = normal.getFileName();
        Path parent = normal.getParent();
        Entry in = parent == null ? root : find(parent);
        return name != null && in instanceof Directory directory
                ? new NameChange.Name(directory, name.toString())
                : null;
    }

    void link(NameChange.Name place, Entry entry) {
        change(new NameChange.Link(place.in(), place.name(), entry));
    }

    void unlink(NameChange.Name place, Entry entry) {
        change(new NameChange.Unlink(place.in(), place.name(), entry));
    }

    void move(NameChange.Name from, NameChange.Name to, Entry entry) {
        change(new NameChange.Move(from, to, entry));
    }

    /// Makes a directory and those above it.
    Result<Result.Done> createDirectories(Path path) {
        Directory at = root;
        for (Path name : path.normalize()) {
            NameChange.Name place = new NameChange.Name(at, name.toString());
            Entry entry = at.find(place.name());
            if (entry == null) {
                entry = new Directory();
                link(place, entry);
            }
            if (!(entry instanceof Directory directory)) {
                return Result.failed(Fault.Kind.EXISTS, path + " has a file in its way");
            }
            at = directory;
        }
        return Result.DONE;
    }

    /// How many changes of names there have been: what a sync that begins now will keep.
    List<NameChange> unsyncedIn(Directory directory) {
        return unsynced.stream().filter(change -> change.touches(directory)).toList();
    }

    /// Makes changes of names survive, and with each the earlier ones of the same entry.
    void keep(List<NameChange> changes) {
        for (NameChange change : changes) {
            int at = unsynced.lastIndexOf(change);
            for (int i = 0; i <= at; i++) {
                if (unsynced.get(i).entry() == change.entry()) {
                    unsynced.remove(i).apply(Directory.Side.KEPT);
                    i--;
                    at--;
                }
            }
        }
    }

    /// Goes back to what the disk has kept, with a part of the rest.
    void losePower(PowerLoss loss) {
        keep(unsynced.stream().filter(_ -> loss.keepsName()).toList());
        unsynced.clear();
        locked.clear();
        root.losePower(loss);
    }

    /// All files that have a name now.
    List<StoredFile> files() {
        return root.files();
    }

    void capacity(long bytes) {
        capacityBytes = bytes;
    }

    /// How much more fits.
    long freeBytes() {
        return capacityBytes == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.max(0, capacityBytes - root.allocatedBytes());
    }

    Set<String> locked() {
        return locked;
    }

    private void change(NameChange change) {
        change.apply(Directory.Side.SEEN);
        unsynced.add(change);
    }
}
