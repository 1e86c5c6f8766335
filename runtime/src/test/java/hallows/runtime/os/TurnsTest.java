package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TurnsTest {
    private static final String BATCH = "3";

    @Test
    void whoeverStartsLaterTakesShortTurnsAndAShardShorterOnes() {
        AtomicReference<OptionalLong> later = new AtomicReference<>();
        AtomicReference<OptionalLong> shard = new AtomicReference<>();
        inAThread(() -> {
            Scheduling.turns(0, Turns.SHORT_NANOS, Scheduling.Manner.AS_BEFORE);
            inAThread(() -> later.set(sliceNanos()));
            inAThread(() -> {
                Turns.asShard();
                shard.set(sliceNanos());
            });
        });
        // A host may say nothing, or say something and take no wish.
        if (!later.get().equals(sliceNanos())) {
            assertEquals(OptionalLong.of(Turns.SHORT_NANOS), later.get());
            assertTrue(shard.get().getAsLong() < later.get().getAsLong());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void compilersAreKnownByTheirNames() {
        List<Integer> compilers = Turns.threads().stream().filter(Turns::isCompiler).toList();
        assertFalse(compilers.isEmpty());
        assertFalse(compilers.contains((int) ProcessHandle.current().pid()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoWaitsForOthersSaysSo() {
        AtomicReference<String> policy = new AtomicReference<>("");
        inAThread(() -> {
            int refused = Scheduling.turns(0, Turns.SHORT_NANOS, Scheduling.Manner.BATCH);
            policy.set(refused == 0 ? told("policy").orElse(BATCH) : BATCH);
        });
        assertEquals(BATCH, policy.get());
    }

    @Test
    void aThreadThatIsGoneIsNoFailureOfOurs() {
        assertTrue(Scheduling.turns(Integer.MAX_VALUE, 100_000, Scheduling.Manner.BATCH) != 0);
    }

    private static void inAThread(Runnable work) {
        Thread thread = Thread.ofPlatform().start(work);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Of this thread, as its host tells.
    private static OptionalLong sliceNanos() {
        return told("se.slice")
                .map(number -> OptionalLong.of(Long.parseLong(number)))
                .orElse(OptionalLong.empty());
    }

    private static Optional<String> told(String what) {
        try (Stream<String> all = Files.lines(Path.of("/proc/thread-self/sched"))) {
            return all.filter(line -> line.startsWith(what))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException silent) {
            return Optional.empty();
        }
    }
}
