package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that appends at full speed is killed, again and again: what it acknowledged is there.
/// `-Dhallows.kills=50` says how often.
@Timeout(600)
final class LogKillTest {
    private static final int KILLS = Integer.getInteger("hallows.kills", 8);

    /// So that the disk does not fill: then the next processes begin with nothing.
    private static final int KILLS_PER_DIRECTORY = 5;

    private static final int MILLIS_MOST = 400;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path place;

    @Test
    void whatWasAcknowledgedSurvivesTheProcess() throws Exception {
        Random random = new Random(KILLS);
        long[] acknowledged = new long[KilledProcess.LOGS];
        for (int kill = 0; kill < KILLS; kill++) {
            Path directory = place.resolve("logs-" + kill / KILLS_PER_DIRECTORY);
            if (kill % KILLS_PER_DIRECTORY == 0) {
                acknowledged = new long[KilledProcess.LOGS];
            }
            run(directory, kill + 1, random.nextInt(MILLIS_MOST), acknowledged);
            for (int log = 0; log < KilledProcess.LOGS; log++) {
                assertWhole(LogRig.place(directory, log), log, acknowledged[log]);
            }
            if (kill % KILLS_PER_DIRECTORY == KILLS_PER_DIRECTORY - 1) {
                Utils.delete(directory.toFile());
            }
        }
    }

    /// Runs a process until it is killed.
    private static void run(Path directory, int number, int millis, long[] acknowledged)
            throws Exception {
        Process process = start(directory, number);
        DataInputStream said = new DataInputStream(process.getInputStream());
        assertTrue(hear(said, acknowledged), "it appends");
        long killNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean more = true;
        while (more) {
            more = hear(said, acknowledged);
            if (System.nanoTime() - killNanos >= 0) {
                // Not by the process itself: that would close what it has said.
                process.toHandle().destroyForcibly();
            }
        }
        assertTrue(System.nanoTime() - killNanos >= 0, "it does not end by itself");
        process.waitFor();
    }

    private static Process start(Path directory, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcess.class.getName(),
                        directory.toString(),
                        String.valueOf(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Whether it said something more, to the last byte.
    private static boolean hear(DataInputStream said, long[] acknowledged) throws IOException {
        try {
            int log = said.readInt();
            long end = said.readLong();
            assertTrue(end >= acknowledged[log], "what is durable stays so");
            acknowledged[log] = end;
            return true;
        } catch (EOFException over) {
            return false;
        }
    }

    /// What the files hold, as the host has them before anybody recovers anything: each record once
    /// and in its place, at least up to `end`; behind that whole batches and no more than a torn
    /// one.
    static void assertWhole(Path log, int number, long end) throws IOException {
        long next = 0;
        for (Path file : segments(log)) {
            next = assertSound(file, number, next);
        }
        assertTrue(next >= end, "acknowledged up to " + end + ", and there up to " + next);
    }

    private static List<Path> segments(Path log) throws IOException {
        try (var files = Files.list(log)) {
            return files.filter(path -> path.toString().endsWith(".log")).sorted().toList();
        }
    }

    private static long assertSound(Path file, int number, long first) throws IOException {
        long next = first;
        try (FileRecords records = FileRecords.open(file.toFile())) {
            for (Record record : records.records()) {
                assertEquals(next, record.offset(), file.toString());
                assertArrayEquals(KilledProcess.value(number, next), Utils.toArray(record.value()));
                next++;
            }
        }
        return next;
    }
}
