package hallows.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// What other programs take of the machine while something is measured. It is told beside the
/// figures, because a thread that shares its core with a stranger measures the stranger.
public final class Others {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Path PROCESSES = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;

    // The columns of the machine's line that count as used, and of ours with those of our children.
    private static final int[] USED = {1, 2, 3, 6, 7, 8};
    private static final int[] OURS = {11, 12, 13, 14};

    private final long beganNanos = System.nanoTime();
    private final List<Path> ourselves;
    private final double beganSeconds;

    /// Begins to count.
    ///
    /// @param pids of programs that are measured, and no strangers
    public Others(long... pids) {
        ourselves =
                LongStream.concat(LongStream.of(ProcessHandle.current().pid()), LongStream.of(pids))
                        .mapToObj(pid -> PROCESSES.resolve(pid + "/stat"))
                        .toList();
        beganSeconds = usedSeconds();
    }

    /// How many processors they have used since this was made; not a number where nobody counts.
    public double processors() {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return Math.max(0, (usedSeconds() - beganSeconds) / seconds);
    }

    private double usedSeconds() {
        if (!Files.isReadable(MACHINE)) {
            return Double.NaN;
        }
        try {
            String machine = Files.readString(MACHINE).lines().findFirst().orElse("");
            long used = sum(machine, USED);
            for (Path process : ourselves) {
                String stat = Files.readString(process);
                // A program's name may have spaces in it; it ends at the last bracket.
                used -= sum(stat.substring(stat.lastIndexOf(')') + 1), OURS);
            }
            return used / TICKS_PER_SECOND;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long sum(String line, int[] columns) {
        String[] fields = line.trim().split("\\s+", -1);
        return Arrays.stream(columns).mapToLong(column -> Long.parseLong(fields[column])).sum();
    }
}
