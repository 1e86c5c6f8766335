package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancersTest {
    private final int[] loads = new int[16];
    private final List<Balancer> all =
            List.of(
                    new RoundRobin(),
                    new WeightedRoundRobin(),
                    new LeastLoaded(target -> loads[target]),
                    new PowerOfTwoChoices(new LoadedDice(), target -> loads[target]),
                    new ConsistentHash(16));

    private static List<Integer> choices(Balancer balancer, int count) {
        return IntStream.range(0, count).map(balancer::choose).boxed().toList();
    }

    @Test
    void withoutTargetsThereIsNoChoice() {
        all.forEach(balancer -> assertEquals(Balancer.NONE, balancer.choose(1)));
    }

    @Test
    void theOnlyTargetIsAlwaysChosen() {
        for (Balancer balancer : all) {
            balancer.add(3);
            assertEquals(List.of(3, 3, 3), choices(balancer, 3));
            balancer.remove(3);
            assertEquals(Balancer.NONE, balancer.choose(1));
        }
    }

    @Test
    void targetsComeAndGoOnce() {
        for (Balancer balancer : all) {
            balancer.add(3);
            assertThrows(BrokenInvariant.class, () -> balancer.add(3));
            assertThrows(BrokenInvariant.class, () -> balancer.remove(4));
            assertThrows(BrokenInvariant.class, () -> balancer.add(-1));
        }
    }

    @Test
    void roundRobinGoesRound() {
        Balancer balancer = new RoundRobin();
        List.of(5, 7, 9).forEach(balancer::add);
        assertEquals(List.of(5, 7, 9, 5), choices(balancer, 4));
    }

    @Test
    void nobodyLosesATurnWhenAnotherLeaves() {
        Balancer balancer = new RoundRobin();
        List.of(5, 7, 9).forEach(balancer::add);
        assertEquals(List.of(5, 7), choices(balancer, 2));
        balancer.remove(5);
        assertEquals(List.of(9, 7, 9), choices(balancer, 3));
        balancer.remove(9);
        assertEquals(List.of(7), choices(balancer, 1));
    }

    @Test
    void weightsAreKeptSmoothly() {
        WeightedRoundRobin balancer = new WeightedRoundRobin();
        balancer.add(0, 5);
        balancer.add(1);
        balancer.add(2);
        assertEquals(List.of(0, 0, 1, 0, 2, 0, 0), choices(balancer, 7));
        assertEquals(List.of(0, 0, 1, 0, 2, 0, 0), choices(balancer, 7));
        balancer.remove(0);
        assertEquals(List.of(1, 2, 1, 2), choices(balancer, 4));
        assertThrows(BrokenInvariant.class, () -> balancer.add(4, 0));
    }

    @Test
    void theLeastLoadedIsChosen() {
        Balancer balancer = new LeastLoaded(target -> loads[target]);
        List.of(0, 1, 2).forEach(balancer::add);
        loads[0] = 3;
        loads[1] = 1;
        loads[2] = 2;
        assertEquals(List.of(1, 1), choices(balancer, 2));
    }

    @Test
    void theSameLoadTakesTurns() {
        Balancer balancer = new LeastLoaded(target -> loads[target]);
        List.of(0, 1, 2).forEach(balancer::add);
        assertEquals(List.of(0, 1, 2, 0), choices(balancer, 4));
        loads[2] = 1;
        assertEquals(List.of(1, 0, 1), choices(balancer, 3));
        balancer.remove(1);
        assertEquals(List.of(0, 0), choices(balancer, 2));
    }

    @Test
    void ofTwoTheLessLoadedIsChosenAndTheMostLoadedNever() {
        Balancer balancer = new PowerOfTwoChoices(new LoadedDice(), target -> loads[target]);
        List.of(0, 1, 2, 3).forEach(balancer::add);
        loads[2] = 9;
        List<Integer> chosen = choices(balancer, 1000);
        assertTrue(chosen.containsAll(List.of(0, 1, 3)));
        assertTrue(!chosen.contains(2));
    }

    @Test
    void theSameKeyGoesToTheSameTarget() {
        Balancer balancer = new ConsistentHash(128);
        List.of(0, 1, 2, 3).forEach(balancer::add);
        assertEquals(choices(balancer, 1000), choices(balancer, 1000));
    }

    @Test
    void theKeysOfSevenAreTheSameInEveryRelease() {
        Balancer balancer = new ConsistentHash(128);
        IntStream.range(0, 7).forEach(balancer::add);
        assertEquals(List.of(6, 3, 0, 1, 6, 5, 3, 0, 5, 4, 5, 1), choices(balancer, 12));
    }

    @Test
    void pointsAreBounded() {
        assertThrows(BrokenInvariant.class, () -> new ConsistentHash(0));
        assertThrows(BrokenInvariant.class, () -> new ConsistentHash(1_000_000));
    }
}
