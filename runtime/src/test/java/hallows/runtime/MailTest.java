package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MailTest {
    private static final int CAPACITY = Office.CAPACITY;

    private final Office office = new Office();
    private final ManualWorld world = office.world;
    private final List<Report> reports = office.reports;

    @Test
    void anAnswerComesBackInTheSameMessage() {
        start(2, Supervisor.PATIENT);
        Office.Note asked = desk(0).claim(1);
        asked.number = 20;
        desk(0).port().ask(asked);
        world.settle();
        assertEquals(List.of("20"), desk(1).heard);
        assertEquals(List.of("21"), desk(0).answers);
    }

    @Test
    void mailFromOneShardToAnotherKeepsItsOrder() {
        start(2, Supervisor.PATIENT);
        for (int i = 0; i < CAPACITY; i++) {
            Office.Note told = desk(0).claim(1);
            told.number = i;
            desk(0).port().tell(told);
        }
        world.settle();
        assertEquals(
                IntStream.range(0, CAPACITY).mapToObj(String::valueOf).toList(), desk(1).heard);
        assertEquals(List.of(), desk(0).answers);
    }

    @Test
    void whoHasEverythingUnderwayIsRefusedAndWokenWhenThereIsRoom() {
        start(2, Supervisor.PATIENT);
        for (int i = 0; i < CAPACITY; i++) {
            desk(0).port().tell(desk(0).claim(1));
        }
        assertNull(desk(0).port().claim(1));
        Sleeper first = new Sleeper(desk(0).seat, SchedulingClass.MESSAGING);
        Sleeper second = new Sleeper(desk(0).seat, SchedulingClass.MESSAGING);
        desk(0).port().whenRoom(1, first);
        desk(0).port().whenRoom(1, first);
        desk(0).port().whenRoom(1, second);
        world.settle();
        assertEquals(1, first.turns);
        assertEquals(1, second.turns, "the first took no room, so the second must not wait");
        assertNotNull(desk(0).port().claim(1));
    }

    @Test
    void aMessageIsAnsweredOnceAndOnlyWhenAsked() {
        start(2, Supervisor.PATIENT);
        desk(1).holds = true;
        desk(0).port().ask(desk(0).claim(1));
        world.settle();
        Office.Note held = desk(1).held.getFirst();
        desk(1).port().answer(held);
        assertThrows(BrokenInvariant.class, () -> desk(1).port().answer(held));
        Office.Note claimed = desk(0).claim(1);
        assertThrows(BrokenInvariant.class, () -> desk(1).port().answer(claimed));
        desk(0).port().unclaim(claimed);
        assertThrows(BrokenInvariant.class, () -> desk(0).port().unclaim(claimed));
    }

    @Test
    void whatAFailedComponentHeldIsAnsweredAsFailed() {
        start(2, Supervisor.PATIENT);
        desk(1).holds = true;
        for (int i = 0; i < 3; i++) {
            desk(0).port().ask(desk(0).claim(1));
        }
        world.settle();
        desk(1).seat.fail(new IllegalStateException("planted"));
        world.settle();
        assertEquals(List.of("failed", "failed", "failed"), desk(0).answers);
        desk(0).port().ask(desk(0).claim(1));
        world.settle();
        assertEquals("1", desk(0).answers.getLast(), "its successor answers");
    }

    @Test
    void anAnswerForAComponentThatHasGoneIsDiscarded() {
        start(2, Supervisor.PATIENT);
        desk(1).holds = true;
        Office.Note asked = desk(0).claim(1);
        desk(0).port().ask(asked);
        world.settle();
        desk(0).seat.fail(new IllegalStateException("planted"));
        world.settle();
        desk(1).port().answer(desk(1).held.getFirst());
        world.settle();
        assertEquals(1, asked.discards);
        assertEquals(List.of(), desk(0).answers);
    }

    @Test
    void mailToAComponentThatStaysDownFailsInsteadOfWaiting() {
        start(2, new Supervisor(0, 1000));
        desk(1).seat.fail(new IllegalStateException("planted"));
        world.settle();
        desk(0).port().ask(desk(0).claim(1));
        world.settle();
        assertEquals(List.of("failed"), desk(0).answers);
    }

    @Test
    void aBrokenInvariantStopsItsShardOnlyAndItsMailComesBackFailed() {
        start(3, Supervisor.PATIENT);
        Office.Note poison = desk(0).claim(1);
        poison.number = -1;
        desk(0).port().ask(poison);
        world.settle();
        assertTrue(reports.getFirst() instanceof Report.ShardStopped(int shard, _) && shard == 1);
        assertEquals(List.of("failed"), desk(0).answers);
        desk(0).port().ask(desk(0).claim(1));
        desk(0).port().ask(desk(0).claim(2));
        world.settle();
        assertEquals(3, desk(0).answers.size());
        assertEquals(List.of("1"), desk(0).answers.stream().filter("1"::equals).toList());
    }

    @Test
    void bytesUnderwayAtTheEndFindTheirWayHome() {
        Host host = start(2, Supervisor.PATIENT);
        // The last shard to finish ends first: what the other one holds comes home too late.
        desk(0).holds = true;
        desk(1).seat.alarm(() -> sendBytes(3)).set(world.nanos);
        world.pass(1_000_000_000);
        assertTrue(host.stop(1000));
        host.close();
        assertEquals(List.of(), reports);
    }

    private void sendBytes(int messages) {
        for (int i = 0; i < messages; i++) {
            Office.Note asked = desk(1).claim(0);
            asked.bytes = desk(1).seat.buffers().allocate(100);
            desk(1).port().ask(asked);
        }
    }

    @Test
    void aSleeperIsWokenOnceForAllThatCameInACycle() {
        start(2, Supervisor.PATIENT);
        world.cores.get(1).driven().fallAsleep();
        assertTrue(world.cores.get(1).driven().idle());
        for (int i = 0; i < CAPACITY; i++) {
            desk(0).port().tell(desk(0).claim(1));
        }
        world.cores.getFirst().step();
        assertEquals(1, world.cores.get(1).wakes);
        assertTrue(!world.cores.get(1).driven().idle());
    }

    private Host start(int shards, Supervisor supervisor) {
        return office.start(shards, supervisor);
    }

    private Office.Desk desk(int shard) {
        return office.desk(shard);
    }
}
