package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Who is blamed, for promises, for work that nobody owns and for work done elsewhere.
final class TenureTest {
    private final RuntimeException planted = new IllegalStateException("planted");

    private final HandHome home = new HandHome();
    private final List<Throwable> failures = new ArrayList<>();
    private final Tenure tenure = new Tenure(home, failures::add);

    @Test
    void aFailureAfterTheEndIsNobodys() {
        tenure.fail(planted);
        tenure.end();
        tenure.fail(planted);
        assertEquals(List.of(planted), failures);
        assertTrue(tenure.isOver());
    }

    @Test
    void aFailureElsewhereIsBlamedAtHome() {
        home.away(() -> tenure.failFromAnywhere(planted));
        assertEquals(List.of(), failures);
        home.arrivals();
        assertEquals(List.of(planted), failures);
    }

    @Test
    void anErrorElsewhereStopsTheShardAtHome() {
        home.away(() -> tenure.failFromAnywhere(new BrokenInvariant("planted")));
        assertThrows(BrokenInvariant.class, home::arrivals);
        assertEquals(List.of(), failures);
    }

    @Test
    void whatReactsToAPromiseIsTheComponentsCode() {
        Promise<Integer> promise = new Promise<>(tenure);
        promise.then(_ -> {
            throw planted;
        });
        home.away(() -> promise.complete(1));
        home.arrivals();
        assertEquals(List.of(planted), failures);
    }

    @Test
    void whoeverKeepsAPromiseIsNotBlamedForWhatReactsToIt() {
        Promise<Integer> promise = new Promise<>(tenure);
        promise.then(_ -> {
            throw planted;
        });
        promise.complete(1);
        assertEquals(List.of(planted), failures);
    }

    @Test
    void anAnswerThatComesBeforeTheReactionWaitsForIt() {
        Promise<Integer> promise = new Promise<>(tenure);
        List<Integer> kept = new ArrayList<>();
        promise.complete(7);
        assertTrue(promise.isKept());
        promise.then(kept::add);
        assertEquals(List.of(7), kept);
    }

    @Test
    void anAnswerAfterTheEndIsForNobodyAndItsBytesAreGivenBack() {
        List<Region> returned = new ArrayList<>();
        Region region = new MemoryRegion(home, returned::add, Arena.ofAuto().allocate(8));
        Promise<Region> promise = new Promise<>(tenure);
        promise.then(_ -> failures.add(planted));
        tenure.end();
        home.away(() -> promise.complete(region));
        home.arrivals();
        assertEquals(List.of(region), returned);
        assertEquals(List.of(), failures);
    }

    @Test
    void aJobThatThrowsKeepsNoPromise() {
        Sleep sleep = new Sleep(() -> {});
        Supplier<Integer> job =
                () -> {
                    throw planted;
                };
        Promise<Integer> promise = new Errand<>(tenure, sleep, job, true).by(home::away);
        assertTrue(sleep.awaitsOthers());
        home.arrivals();
        assertFalse(sleep.awaitsOthers());
        assertEquals(List.of(planted), failures);
        assertFalse(promise.isKept());
    }

    @Test
    void unownedWorkIsTakenInPiecesAndItsFailuresGoHome() {
        Unowned unowned = new Unowned(4);
        ManualWorld world = new ManualWorld();
        Scheduler elsewhere =
                new Scheduler(world.clock(), List.of(SchedulingClass.BACKGROUND), () -> {});
        List<Integer> done = new ArrayList<>();
        assertTrue(unowned.offer(new Unowned.Job(tenure, () -> done.add(1))));
        assertTrue(
                unowned.offer(
                        new Unowned.Job(
                                tenure,
                                () -> {
                                    throw planted;
                                })));
        assertTrue(unowned.offer(new Unowned.Job(tenure, () -> done.add(2))));
        new Unowned.Hand(unowned, elsewhere.queue(SchedulingClass.BACKGROUND)).wake();
        assertEquals(1, elsewhere.run(1));
        assertEquals(List.of(1), done);
        elsewhere.run(100);
        assertEquals(List.of(1, 2), done);
        assertTrue(unowned.isEmpty());
        home.arrivals();
        assertEquals(List.of(planted), failures);
    }

    @Test
    void aBrokenInvariantInUnownedWorkStopsWhoDoesIt() {
        Unowned.Job job = new Unowned.Job(tenure, () -> Check.that(false, "planted"));
        assertThrows(BrokenInvariant.class, job::run);
    }
}
