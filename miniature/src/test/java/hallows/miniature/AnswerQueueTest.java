package hallows.miniature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Home;
import hallows.runtime.Homing;
import hallows.runtime.MemoryRegion;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerQueueTest {
    private final AnswerQueue queue = new AnswerQueue(3);
    private final List<Long> returned = new ArrayList<>();

    @Test
    void answersLeaveInTheOrderOfTheirTurns() {
        Answer first = answer(1);
        Answer second = answer(2);
        long turnOne = queue.nextTurn();
        long turnTwo = queue.nextTurn();
        queue.put(turnTwo, second);
        assertNull(queue.poll());
        queue.put(turnOne, first);
        assertEquals(first, queue.poll());
        assertEquals(second, queue.poll());
        assertTrue(queue.isEmpty());
    }

    @Test
    void thereAreNoMoreTurnsThanCredits() {
        for (int i = 0; i < 3; i++) {
            assertTrue(queue.hasCredit());
            queue.nextTurn();
        }
        assertFalse(queue.hasCredit());
        queue.put(0, answer(1));
        queue.poll();
        assertTrue(queue.hasCredit());
    }

    @Test
    void whatIsHereIsReleasedAtTheEndWhateverIsMissing() {
        queue.nextTurn();
        queue.nextTurn();
        queue.put(1, answer(7));
        queue.drain(Answer::release);
        assertEquals(List.of(7L), returned);
    }

    private Answer answer(int bytes) {
        Home here =
                new Home() {
                    @Override
                    public boolean here() {
                        return true;
                    }

                    @Override
                    public void welcome(Homing traveller) {}
                };
        return new Answer(
                new MemoryRegion(
                        here,
                        region -> returned.add(region.length()),
                        Arena.ofAuto().allocate(bytes)),
                null);
    }
}
