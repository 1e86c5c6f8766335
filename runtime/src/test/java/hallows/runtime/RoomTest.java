package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/// Tasks that wait until a message to an owner has come home.
final class RoomTest {
    private final Office office = new Office();
    private final ManualWorld world = office.world;

    @Test
    void whoWaitsForAFullOwnerSleepsAlthoughOthersHaveRoom() {
        office.start(3, Supervisor.PATIENT);
        fill(1);
        Sleeper first = sleeper();
        Sleeper second = sleeper();
        office.desk(0).port().whenRoom(1, first);
        office.desk(0).port().whenRoom(1, second);
        // Other mail comes and goes.
        office.desk(0).ask(2, 1);
        world.settle();
        assertEquals(0, first.turns + second.turns);
    }

    @Test
    void oneTaskWaitsForSeveralOwners() {
        office.start(3, Supervisor.PATIENT);
        fill(1);
        fill(2);
        Sleeper task = sleeper();
        office.desk(0).port().whenRoom(1, task);
        office.desk(0).port().whenRoom(2, task);
        answerOne(2);
        assertEquals(1, task.turns);
        answerOne(1);
        assertEquals(2, task.turns);
    }

    @Test
    void whatIsPutBackIsRoom() {
        office.start(2, Supervisor.PATIENT);
        Office.Note claimed = office.desk(0).claim(1);
        for (int i = 1; i < Office.CAPACITY; i++) {
            office.desk(0).claim(1);
        }
        assertNull(office.desk(0).port().claim(1));
        Sleeper first = sleeper();
        Sleeper second = sleeper();
        office.desk(0).port().whenRoom(1, first);
        office.desk(0).port().whenRoom(1, second);
        world.settle();
        assertEquals(0, first.turns);
        office.desk(0).port().unclaim(claimed);
        world.settle();
        assertEquals(1, first.turns);
        assertEquals(1, second.turns, "the first took none");
    }

    @Test
    void whoAsksForRoomThatIsThereHasItsTurn() {
        office.start(2, Supervisor.PATIENT);
        Sleeper task = sleeper();
        office.desk(0).port().whenRoom(1, task);
        world.settle();
        assertEquals(1, task.turns);
    }

    private Sleeper sleeper() {
        return new Sleeper(office.desk(0).seat, SchedulingClass.MESSAGING);
    }

    private void fill(int owner) {
        office.desk(owner).holds = true;
        office.desk(0).ask(owner, Office.CAPACITY);
        world.settle();
        assertNull(office.desk(0).port().claim(owner));
    }

    private void answerOne(int owner) {
        office.desk(owner).port().answer(office.desk(owner).held.removeFirst());
        world.settle();
    }
}
