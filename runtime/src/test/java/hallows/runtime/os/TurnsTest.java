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
    void whoeverStartsLaterTakesShortTurnsAsWell() throws Exception {
        AtomicReference<OptionalLong> later = new AtomicReference<>();
        AtomicReference<OptionalLong> usual = new AtomicReference<>();
        Thread shortened =
                Thread.ofPlatform()
                        .start(() -> {
                            Scheduling.turns(0, 100_000);
                            inAThread(() -> later.set(sliceNanos()));
                            inAThread(() -> {
                                Turns.asUsual();
                                usual.set(sliceNanos());
                            });
                        });
        shortened.join();
        // A host that does not say how long a turn is does not take a wish for it, either.
        if (later.get().isPresent() && sliceNanos().isPresent()) {
            assertTrue(later.get().getAsLong() <= usual.get().getAsLong());
            assertEquals(sliceNanos(), usual.get());
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
