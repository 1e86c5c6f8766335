package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What may be declared is checked where it is declared.
final class LimitsTest {
    @Test
    void theStockOfAChannelIsAPowerOfTwo() {
        for (int capacity : List.of(-4, 0, 1, 3, 1000)) {
            assertRefused("channel notes must be a power of two", () -> channel(capacity));
        }
        assertEquals(2, channel(2).capacity());
    }

    @Test
    void aSchedulingClassHasANameSharesAndAQuantum() {
        assertRefused("name", () -> new SchedulingClass(" ", 1, 1));
        for (int shares : List.of(-1, 0, 1_000_001)) {
            assertRefused("shares", () -> new SchedulingClass("a", shares, 1));
        }
        for (int micros : List.of(-1, 0, 1_000_001)) {
            assertRefused("quantum", () -> new SchedulingClass("a", 1, micros));
        }
        assertEquals(1_000_000_000, new SchedulingClass("a", 1_000_000, 1_000_000).quantumNanos());
    }

    @Test
    void aCoreSpinsAtMostFiftyMicroseconds() {
        for (int micros : List.of(-1, 51)) {
            assertRefused("0 to 50, not " + micros, () -> new CoreOptions(0, "a", -1, micros));
        }
        assertEquals(50, new CoreOptions(0, "a", -1, 50).spinMicros());
    }

    @Test
    void aSupervisorCountsRestartsInAWindow() {
        assertRefused("restarts", () -> new Supervisor(-1, 1));
        assertRefused("restarts", () -> new Supervisor(1001, 1));
        assertRefused("1 ms", () -> new Supervisor(1, 0));
        assertEquals(0, new Supervisor(0, 1).restartsMax());
    }

    @Test
    void aHostHasShards() {
        assertRefused("not 0", () -> HostOptions.shards(0));
        assertRefused("not 1025", () -> HostOptions.shards(1025));
        HostOptions options = HostOptions.shards(2).spinning(7).pinnedToProcessors();
        assertEquals(7, options.spinMicros());
        assertTrue(options.pinned());
    }

    @Test
    void anApplicationDeclaresWhatItUses() {
        assertRefused("application a has no scheduling class", () -> application().runningIn());
        assertRefused(
                "application a has not declared the class of channel notes",
                () -> application().runningIn(SchedulingClass.BACKEND).with(channel(2)));
        assertRefused(
                "application a has two components x",
                () -> application().component("x", _ -> () -> {}).component("x", _ -> () -> {}));
    }

    private static Application application() {
        return Application.named("a");
    }

    private static Channel<Note> channel(int capacity) {
        return new Channel<>("notes", SchedulingClass.MESSAGING, capacity, Note::new);
    }

    private static void assertRefused(String because, Executable declaration) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, declaration);
        assertTrue(String.valueOf(refusal.getMessage()).contains(because), refusal.toString());
    }

    private static final class Note extends Message {}
}
