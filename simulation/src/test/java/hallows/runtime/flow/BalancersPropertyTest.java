package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Property;
import hallows.simulation.PropertyOver;
import hallows.simulation.SeededDice;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancersPropertyTest {
    private static final int TARGETS_MAX = 12;

    /// A target comes or, if it is there, leaves.
    private record Change(int target) {}

    private static PropertyOver<Change> changes(String name) {
        return Property.of(name).operations(40, dice -> new Change(dice.below(TARGETS_MAX)));
    }

    private static void apply(Change change, Balancer balancer, Set<Integer> targets) {
        if (targets.add(change.target())) {
            balancer.add(change.target());
        } else {
            targets.remove(change.target());
            balancer.remove(change.target());
        }
    }

    private static int[] counted(Balancer balancer, int choices) {
        int[] counts = new int[TARGETS_MAX];
        for (int i = 0; i < choices; i++) {
            counts[balancer.choose(i)]++;
        }
        return counts;
    }

    @Test
    void roundRobinGivesNobodyTwoTurnsMoreThanAnother() {
        changes("between changes, turns differ by one at most")
                .holds((changes, dice) -> {
                    Balancer balancer = new RoundRobin();
                    TreeSet<Integer> targets = new TreeSet<>();
                    for (Change change : changes) {
                        apply(change, balancer, targets);
                        int choices = targets.isEmpty() ? 0 : dice.below(60);
                        int[] counts = counted(balancer, choices);
                        int[] own = targets.stream().mapToInt(t -> counts[t]).toArray();
                        int most = Arrays.stream(own).max().orElse(0);
                        int least = Arrays.stream(own).min().orElse(0);
                        assertEquals(choices, Arrays.stream(own).sum());
                        assertTrue(most - least <= 1, Arrays.toString(counts));
                    }
                });
    }

    @Test
    void weightedRoundRobinKeepsTheWeightsExactlyAndNobodyAWholeTurnAhead() {
        Property.of("weights are kept exactly")
                .operations(10, dice -> 1 + dice.below(20))
                .holds(BalancersPropertyTest::keepsWeights);
    }

    private static void keepsWeights(List<Integer> weights) {
        WeightedRoundRobin balancer = new WeightedRoundRobin();
        IntStream.range(0, weights.size()).forEach(i -> balancer.add(i, weights.get(i)));
        int all = weights.stream().mapToInt(weight -> weight).sum();
        int[] counts = new int[weights.size()];
        for (int choice = 1; choice <= 3 * all; choice++) {
            int chosen = balancer.choose(0);
            counts[chosen]++;
            assertTrue(counts[chosen] * all < choice * weights.get(chosen) + all, "a turn ahead");
        }
        for (int i = 0; i < counts.length; i++) {
            assertEquals(3 * weights.get(i), counts[i]);
        }
    }

    @Test
    void theLeastLoadedHasNoLessLoadedBesideIt() {
        changes("nobody has less load than the chosen")
                .holds((changes, dice) -> {
                    int[] loads = new int[TARGETS_MAX];
                    Balancer balancer = new LeastLoaded(target -> loads[target]);
                    TreeSet<Integer> targets = new TreeSet<>();
                    for (Change change : changes) {
                        apply(change, balancer, targets);
                        loads[dice.below(TARGETS_MAX)] = dice.below(5);
                        int chosen = balancer.choose(0);
                        assertTrue(targets.stream().allMatch(t -> loads[t] >= loads[chosen]));
                        assertEquals(!targets.isEmpty(), targets.contains(chosen));
                    }
                });
    }

    @Test
    void powerOfTwoChoicesKeepsQueuesCloseTogether() {
        Property.of("two choices keep the longest queue near the shortest")
                .holdsOnEverySeed(dice -> {
                    int[] loads = new int[2 + dice.below(60)];
                    Balancer balancer =
                            new PowerOfTwoChoices(dice.fork("choices"), target -> loads[target]);
                    IntStream.range(0, loads.length).forEach(balancer::add);
                    for (int i = 0; i < 100 * loads.length; i++) {
                        loads[balancer.choose(i)]++;
                    }
                    int longest = Arrays.stream(loads).max().orElseThrow();
                    assertTrue(longest <= 106, "longest " + longest);
                });
    }

    @Test
    void aChangeMovesKeysOnlyToTheNewTargetOrAwayFromTheOld() {
        changes("no key moves without need")
                .holds((changes, dice) -> {
                    Balancer balancer = new ConsistentHash(1 + dice.below(64));
                    TreeSet<Integer> targets = new TreeSet<>();
                    long[] keys = keys(dice, 200);
                    int[] before = owners(balancer, keys);
                    for (Change change : changes) {
                        apply(change, balancer, targets);
                        int[] after = owners(balancer, keys);
                        movesOnlyWith(change.target(), before, after);
                        before = after;
                    }
                });
    }

    private static void movesOnlyWith(int target, int[] before, int[] after) {
        for (int i = 0; i < before.length; i++) {
            boolean fromNowhere = before[i] == Balancer.NONE || after[i] == Balancer.NONE;
            boolean withTarget = before[i] == target || after[i] == target;
            assertTrue(before[i] == after[i] || fromNowhere || withTarget, "moved between others");
        }
    }

    @Test
    void whoKnowsTheSameTargetsAgreesHoweverTheyCame() {
        changes("the ring depends on its targets only")
                .holds((changes, dice) -> {
                    int points = 1 + dice.below(64);
                    Balancer travelled = new ConsistentHash(points);
                    TreeSet<Integer> targets = new TreeSet<>();
                    changes.forEach(change -> apply(change, travelled, targets));
                    Balancer fresh = new ConsistentHash(points);
                    targets.forEach(fresh::add);
                    long[] keys = keys(dice, 200);
                    assertEquals(
                            Arrays.toString(owners(fresh, keys)),
                            Arrays.toString(owners(travelled, keys)));
                });
    }

    @Test
    void aNewTargetTakesAboutItsShare() {
        Property.of("the newcomer takes about one in so many keys")
                .holdsOnEverySeed(dice -> {
                    Balancer balancer = new ConsistentHash(128);
                    int count = 1 + dice.below(9);
                    int start = dice.below(1 << 20);
                    IntStream.range(0, count).forEach(i -> balancer.add(start + i));
                    long[] keys = keys(dice, 4_000);
                    balancer.add(start + count);
                    long taken =
                            Arrays.stream(owners(balancer, keys))
                                    .filter(owner -> owner == start + count)
                                    .count();
                    double share = (double) taken * (count + 1) / keys.length;
                    assertTrue(0.5 < share && share < 1.6, "share " + share);
                });
    }

    private static long[] keys(SeededDice dice, int count) {
        return IntStream.range(0, count).mapToLong(_ -> dice.next()).toArray();
    }

    private static int[] owners(Balancer balancer, long[] keys) {
        return Arrays.stream(keys).mapToInt(balancer::choose).toArray();
    }
}
