package hallows.log;

import hallows.runtime.Check;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The files that searches opened last, kept open for the next ones: who goes through a segment
/// that has ended opens it once, and however many have been read, few stay open.
///
/// Any thread. A file is known by what its segment holds for it, not by its name, which another
/// file may have after a truncation.
public final class RecentFiles {
    /// A file may be in so many places. Who finds none of them free takes them in turn.
    private static final int WAYS = 8;

    private final Disk disk;
    private final AtomicReferenceArray<@Nullable Kept> places;
    private final AtomicInteger turn = new AtomicInteger();

    private record Kept(HeldFile wanted, HeldFile open) {}

    /// Keeps so many files of a disk open, a multiple of 8. One for all logs of a directory, or of
    /// a shard, bounds the descriptors of all of them.
    public RecentFiles(Disk disk, int filesMax) {
        Check.that(filesMax > 0 && filesMax % WAYS == 0, "files have eight places each", filesMax);
        this.disk = disk;
        this.places = new AtomicReferenceArray<>(filesMax);
    }

    Disk disk() {
        return disk;
    }

    /// The file, open and held for the caller: by its segment, by an earlier search or, if not,
    /// opened now and kept. Blocks.
    Result<HeldFile> hold(HeldFile wanted) {
        HeldFile held = holdIfOpen(wanted);
        if (held != null) {
            return new Result.Ok<>(held);
        }
        return switch (disk.open(wanted.path(), Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                HeldFile opened = new HeldFile(file);
                keep(wanted, opened);
                yield new Result.Ok<>(opened);
            }
        };
    }

    /// The file, held for the caller, if its segment has it open or an earlier search has opened
    /// it.
    @Nullable HeldFile holdIfOpen(HeldFile wanted) {
        return wanted.hold() ? wanted : known(wanted);
    }

    /// The file, held for the caller, if an earlier search has opened it.
    @Nullable HeldFile known(HeldFile wanted) {
        int first = firstPlace(wanted);
        for (int place = first; place < first + WAYS; place++) {
            Kept kept = places.get(place);
            if (kept != null && kept.wanted == wanted && kept.open.hold()) {
                return kept.open;
            }
        }
        return null;
    }

    private void keep(HeldFile wanted, HeldFile opened) {
        opened.hold();
        int place = firstPlace(wanted) + Math.floorMod(turn.getAndIncrement(), WAYS);
        Kept before = places.getAndSet(place, new Kept(wanted, opened));
        if (before != null) {
            before.open.letGo();
        }
        // Its segment may have gone after the search had begun; then nobody else would let it go.
        if (wanted.isGone()) {
            forget(wanted);
        }
    }

    /// Its segment is closed or removed: nobody asks for it again.
    void forget(HeldFile wanted) {
        wanted.gone();
        int first = firstPlace(wanted);
        for (int place = first; place < first + WAYS; place++) {
            Kept kept = places.get(place);
            if (kept != null && kept.wanted == wanted && places.compareAndSet(place, kept, null)) {
                kept.open.letGo();
            }
        }
    }

    private int firstPlace(HeldFile wanted) {
        return Math.floorMod(wanted.path().hashCode(), places.length() / WAYS) * WAYS;
    }
}
