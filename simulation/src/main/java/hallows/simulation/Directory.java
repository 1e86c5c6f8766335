package hallows.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A directory: the names everybody sees, and the names the disk has kept.
final class Directory implements Entry {
    private final TreeMap<String, Entry> seen = new TreeMap<>();
    private final TreeMap<String, Entry> kept = new TreeMap<>();

    @Nullable Entry find(String name) {
        return seen.get(name);
    }

    List<String> names() {
        return new ArrayList<>(seen.keySet());
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }

    /// The names as `side` has them.
    Map<String, Entry> names(Side side) {
        return side == Side.SEEN ? seen : kept;
    }

    @Override
    public void losePower(PowerLoss loss) {
        seen.clear();
        seen.putAll(kept);
        seen.values().forEach(entry -> entry.losePower(loss));
    }

    /// The files below, in the order of their names.
    List<StoredFile> files() {
        List<StoredFile> files = new ArrayList<>();
        for (Entry entry : seen.values()) {
            switch (entry) {
                case Directory directory -> files.addAll(directory.files());
                case StoredFile file -> files.add(file);
            }
        }
        return files;
    }

    /// How much room the files below take.
    long allocatedBytes() {
        long bytes = 0;
        for (StoredFile file : files()) {
            bytes += file.allocatedBytes();
        }
        return bytes;
    }

    /// Whose view of the names.
    enum Side {
        /// The running programs'.
        SEEN,
        /// The disk's, which survives power loss.
        KEPT
    }
}
