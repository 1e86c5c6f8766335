package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void whoeverStartsLaterTakesShortTurnsAndAShardShorterOnes() {
        AtomicReference<OptionalLong> later = new AtomicReference<>();
        AtomicReference<OptionalLong> shard = new AtomicReference<>();
        inAThread(() -> {
            Scheduling.turns(0, Turns.SHORT_NANOS);
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
    void aThreadThatIsGoneIsNoFailureOfOurs() {
        assertTrue(Scheduling.turns(Integer.MAX_VALUE, 100_000) != 0);
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
        try {
            List<String> told = Files.readAllLines(Path.of("/proc/thread-self/sched"));
            Optional<String> slice =
                    told.stream().filter(line -> line.startsWith("se.slice")).findFirst();
            return slice.map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .map(number -> OptionalLong.of(Long.parseLong(number)))
                    .orElse(OptionalLong.empty());
        } catch (IOException silent) {
            return OptionalLong.empty();
        }
    }
}
