package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DeclarationsTest {
    private static final Application A = Application.named("a");
    private static final Application B = Application.named("b");

    @Test
    void eachClassIsKnownOnceAndTheOneForUnownedWorkAlways() {
        SchedulingClass own = new SchedulingClass("own", 10, 10);
        assertEquals(List.of(SchedulingClass.BACKGROUND), declare());
        assertEquals(
                List.of(SchedulingClass.BACKGROUND, SchedulingClass.MESSAGING, own),
                declare(A, B.runningIn(own, SchedulingClass.MESSAGING)));
    }

    @Test
    void whoWantsToBeAloneGetsItWhenOthersStayAway() {
        declare(A.on(Cores.exclusive(0, 2)), B.on(Cores.shared(1)));
        declare(A.on(Cores.shared(0, 1)), B.on(Cores.shared(1, 2)));
    }

    @Test
    void aRefusalSaysWhoWantsWhatAndWhatToDo() {
        assertRefused("a wants core 3 of 3", A.on(Cores.shared(0, 3)));
        assertRefused("a wants core -1 of 3", A.on(Cores.shared(-1)));
        assertRefused("two applications are called a", A, A);
        assertRefused(
                "b and a both want core 1, one of them alone: give them different cores",
                A.on(Cores.exclusive(1)),
                B.on(Cores.shared(1, 2)));
        assertRefused(
                "b and a both want core 0, one of them alone: give them different cores",
                A,
                B.on(Cores.exclusive(0)));
        assertRefused(
                "a declares SchedulingClass[name=background, shares=1, quantumMicros=1],"
                        + " others declare SchedulingClass[name=background, shares=100,"
                        + " quantumMicros=500]: rename one",
                A.runningIn(new SchedulingClass("background", 1, 1)));
    }

    private static void assertRefused(String because, Application... applications) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> declare(applications));
        assertEquals(because, refusal.getMessage());
    }

    private static List<SchedulingClass> declare(Application... applications) {
        return new Declarations(HostOptions.shards(3), List.of(applications)).classes();
    }
}
