package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import hallows.simulation.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/// Log directories whose logs live on several shards, and shards with logs in several directories.
class SharedDirectorySimulationTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LIVES = 4;

    @Test
    void noShardForgetsWhatAnotherHasWrittenDown() {
        Seeds.forEach(
                SharedDirectorySimulationTest.class,
                60,
                seed -> {
                    try (ShardedServer server = new ShardedServer(seed, 1, 1)) {
                        for (int life = 0; life < LIVES; life++) {
                            server.start();
                            server.runFor(20 + server.dice.below(200));
                            server.losePower();
                            check(server);
                        }
                        server.start();
                        server.runFor(50);
                        server.stop();
                        assertEquals(List.of(Result.DONE), server.results);
                        server.losePower();
                        check(server);
                        assertTrue(server.openings.getFirst().stop().clean());
                    }
                });
    }

    /// All that was promised is there, and what is written down is true of it.
    private static void check(ShardedServer server) {
        server.open();
        SortedMap<PartitionName, Long> points =
                server.openings.getFirst().offsets().recoveryPoints();
        server.last.forEach((name, log) -> {
            long end = Objects.requireNonNull(server.opened.get(name)).loaded().end();
            assertTrue(end >= log.promised(), name + " ends at " + end);
            assertTrue(!log.isKept() || points.containsKey(name), name + " is forgotten");
            assertTrue(points.getOrDefault(name, 0L) <= end, name + " is not so durable");
        });
    }

    @Test
    void aDirectoryThatFailsTakesItsLogsOfflineAndNoOthers() {
        try (ShardedServer server = new ShardedServer(1, 2, 0)) {
            HeldDirectory failed = fail(server);
            Fault why = failed.failure().orElseThrow();
            server.last
                    .values()
                    .forEach(log -> {
                        assertEquals(log.held == failed, log.isOffline(), log.name.toString());
                        assertTrue(
                                log.held != failed || why.equals(log.why()), "all hear the same");
                    });
            ServedLog sound =
                    server.last.values().stream()
                            .filter(log -> !log.isOffline())
                            .findFirst()
                            .orElseThrow();
            long before = sound.promised();
            server.run(() -> sound.promised() > before + 5, LIMIT);
        }
    }

    @Test
    void aDirectoryThatHasFailedIsNotStoppedInGoodOrder() {
        try (ShardedServer server = new ShardedServer(1, 2, 0)) {
            Path failed = fail(server).path();
            server.stop();
            server.losePower();
            server.open();
            server.openings.forEach(opening ->
                    assertEquals(!opening.held().path().equals(failed), opening.stop().clean()));
        }
    }

    /// Runs until the disk has failed one directory.
    private static HeldDirectory fail(ShardedServer server) {
        server.start();
        server.runFor(20);
        for (int times = 0; times < 1_000 && !isAnyOffline(server); times++) {
            // A checkpoint may meet it, which is no more than late then.
            server.node.disk().failNext(DiskCall.FLUSH);
            server.runFor(1);
        }
        server.node.disk().heal();
        server.runFor(5);
        return server.openings.stream()
                .map(DirectoryOpening::held)
                .filter(held -> held.failure().isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isAnyOffline(ShardedServer server) {
        return server.last.values().stream().anyMatch(ServedLog::isOffline);
    }

    @Test
    void aLogThatIsRemovedLeavesNoLine() {
        try (ShardedServer server = new ShardedServer(1, 1, 1)) {
            server.start();
            PartitionName name = server.last.firstKey();
            ServedLog gone = Objects.requireNonNull(server.last.get(name));
            server.run(() -> server.last.values().stream().allMatch(ServedLog::isKept), LIMIT);
            gone.remove();
            server.run(gone::isGone, LIMIT);
            server.losePower();
            server.open();
            assertEquals(
                    List.of(server.last.lastKey()),
                    List.copyOf(server.openings.getFirst().offsets().recoveryPoints().keySet()));
        }
    }
}
