package hallows.miniature;

import java.nio.file.Path;

/// Where the logs of a service are, and who hears what recovery takes from them.
///
/// @param directory of the files
/// @param cuts is told, on a blocking thread
public record Store(Path directory, Cuts cuts) {
    /// Whether a file of that name in the directory is the log of a partition.
    public static boolean isLog(String name) {
        return name.endsWith(".log");
    }

    /// Who hears of what was cut off.
    public interface Cuts {
        /// The last `bytes` of a file are gone, for at `position` no sound record began.
        void cut(Path file, long position, long bytes);
    }
}
