package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Components that fail in the midst of their mail, and mail for those who stay away.
final class FailureTest {
    private final Office office = new Office();
    private final ManualWorld world = office.world;

    @Test
    void whoFailsWhileItIsToldSomethingHasHeardItAndItsSuccessorHearsTheRest() {
        office.start(2, Supervisor.PATIENT);
        Office.Desk failing = office.desk(1);
        failing.hearing = _ -> failing.fail();
        for (int i = 0; i < 3; i++) {
            Office.Note told = office.desk(0).claim(1);
            told.number = i;
            office.desk(0).port().tell(told);
        }
        world.settle();
        assertOnlyOneFailed();
        assertEquals(List.of("0"), failing.heard);
        assertEquals(List.of("1", "2"), office.desk(1).heard);
        for (int i = 0; i < Office.CAPACITY; i++) {
            assertEquals(0, office.desk(0).claim(1).discards, "what was told has been heard");
        }
    }

    @Test
    void whoFailsWhileItIsAskedAnswersThatAndItsSuccessorTheRest() {
        office.start(2, Supervisor.PATIENT);
        Office.Desk failing = office.desk(1);
        failing.hearing = _ -> failing.fail();
        office.desk(0).ask(1, 3);
        world.settle();
        assertOnlyOneFailed();
        assertEquals(1, failing.heard.size());
        assertEquals(List.of("failed", "1", "1"), office.desk(0).answers);
    }

    @Test
    void whoFailsAndThenThrowsHasFailedOnce() {
        office.start(2, Supervisor.PATIENT);
        Office.Desk failing = office.desk(1);
        failing.hearing =
                _ -> {
                    failing.fail();
                    throw new IllegalStateException("planted, too");
                };
        office.desk(0).ask(1, 2);
        world.settle();
        assertOnlyOneFailed();
        assertEquals(List.of("failed", "1"), office.desk(0).answers);
    }

    @Test
    void whoFailsAtAnAnswerGetsNoMore() {
        office.start(2, Supervisor.PATIENT);
        Office.Desk asker = office.desk(0);
        asker.reading = _ -> asker.fail();
        asker.ask(1, 3);
        world.settle();
        assertOnlyOneFailed();
        assertEquals(List.of("1"), asker.answers);
        assertEquals(List.of(), office.desk(0).answers, "they were the old one's");
        office.desk(0).ask(1, Office.CAPACITY);
        world.settle();
        assertEquals(Office.CAPACITY, office.desk(0).answers.size(), "none is lost");
    }

    @Test
    void whoFailsBeforeItIsThereIsClosedAndNeverStarted() {
        office.opening =
                seat -> {
                    if (office.desks.isEmpty()) {
                        seat.fail(new IllegalStateException("planted"));
                    }
                };
        office.start(1, Supervisor.PATIENT);
        assertEquals(2, office.desks.size());
        assertTrue(office.desks.getFirst().closed);
        assertFalse(office.desks.getFirst().started);
        assertTrue(office.desks.getLast().started);
    }

    @Test
    void whoHasFailedTakesNoPortFromItsSuccessor() {
        office.start(2, Supervisor.PATIENT);
        Office.Desk failed = office.desk(1);
        failed.fail();
        failed.seat.port(office.notes, failed);
        office.desk(0).ask(1, 1);
        world.settle();
        assertOnlyOneFailed();
        assertEquals(List.of("1"), office.desk(0).answers);
    }

    @Test
    void whoseReplacementsFailBeforeTheyOpenAPortAnswersThereAllTheSame() {
        office.porter = true;
        office.start(2, new Supervisor(3, 1000));
        office.opening = FailureTest::refuse;
        office.desk(1).holds = true;
        office.desk(0).ask(1, 2);
        world.settle();
        office.desk(1).fail();
        office.desk(0).ask(1, 1);
        world.settle();
        assertEquals(List.of("failed", "failed", "failed"), office.desk(0).answers);
        office.desk(0).ask(1, 1);
        world.settle();
        assertEquals(4, office.desk(0).answers.size());
    }

    @Test
    void aShardWhereNobodyEverCameAnswersForThem() {
        office.opening =
                seat -> {
                    if (seat.shard() == 1) {
                        refuse(seat);
                    }
                };
        office.start(2, new Supervisor(3, 1000));
        office.desk(0).ask(1, 1);
        world.settle();
        assertEquals(List.of("failed"), office.desk(0).answers);
    }

    @Test
    void whoIsToReturnWhenTheStopComesAnswersAllThatWaited() throws Exception {
        Host host = office.start(2, Supervisor.PATIENT);
        office.desk(0).lingers = true;
        CompletableFuture<Boolean> errand =
                host.outside(Office.Desk.class, Office.id(1)).call(desk -> desk.started);
        host.requestStop(1000);
        office.desk(1).fail();
        office.desk(0).ask(1, 1);
        world.settle();
        assertFalse(host.hasEnded());
        assertEquals(List.of("failed"), office.desk(0).answers);
        assertTrue(errand.isCompletedExceptionally());
    }

    private static void refuse(Seat seat) {
        throw new IllegalStateException("planted on " + seat.shard());
    }

    private void assertOnlyOneFailed() {
        assertEquals(1, office.reports.size(), office.reports.toString());
        assertTrue(office.reports.getFirst() instanceof Report.ComponentFailed);
    }
}
