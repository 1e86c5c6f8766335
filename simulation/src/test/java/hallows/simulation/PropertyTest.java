package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PropertyTest {
    private static final Pattern REPLAY =
            Pattern.compile("replay: \\./hallows replay (\\S+) (-?\\d+)");

    /// What the planted bugs are fed.
    private record Put(long value) {}

    private static PropertyOver<Put> puts(Seeds seeds) {
        return Property.of(new Claim("planted", "hallows.PlantedTest", seeds))
                .operations(300, dice -> new Put(dice.between(0, 1_000_000)))
                .simplified(put -> Simpler.longs(put.value()).mapToObj(Put::new));
    }

    private static void fails(boolean wrong) {
        if (wrong) {
            throw new IllegalStateException("planted");
        }
    }

    private static AssertionError falsified(Consumer<List<Put>> trial) {
        return assertThrows(
                AssertionError.class, () -> puts(new Seeds(0, 200)).holds(trial::accept));
    }

    private static List<String> minimal(AssertionError error) {
        return String.valueOf(error.getMessage())
                .lines()
                .filter(line -> line.matches(" {4}\\d+\\. .*"))
                .map(line -> line.strip().replaceFirst("\\d+\\. ", ""))
                .toList();
    }

    @Test
    void oneOffendingOperationIsAllThatIsLeft() {
        AssertionError error =
                falsified(puts -> fails(puts.stream().anyMatch(put -> put.value() > 777)));
        assertEquals(List.of("Put[value=778]"), minimal(error));
    }

    @Test
    void aFailureThatTakesTwoOperationsInOrderKeepsExactlyThose() {
        AssertionError error =
                falsified(puts -> {
                    boolean armed = false;
                    for (Put put : puts) {
                        fails(armed && put.value() % 2 == 1);
                        armed |= put.value() >= 500;
                    }
                });
        assertEquals(List.of("Put[value=500]", "Put[value=1]"), minimal(error));
    }

    @Test
    void aFailureThatTakesManyOperationsKeepsTheFewestOfThem() {
        AssertionError error = falsified(puts -> fails(puts.size() > 16));
        assertEquals(17, minimal(error).size());
        assertTrue(minimal(error).stream().allMatch("Put[value=0]"::equals));
    }

    @Test
    void neighboursThatMatterOnlyTogetherAreJoined() {
        PropertyOver<Put> puts =
                puts(new Seeds(0, 200))
                        .joined((one, other) -> Optional.of(new Put(one.value() + other.value())));
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () ->
                                puts.holds(some ->
                                        fails(
                                                some.stream().mapToLong(Put::value).sum()
                                                        > 30_000_000)));
        assertEquals(List.of("Put[value=30000001]"), minimal(error));
    }

    @Test
    void withoutSimplerOnlyTheListShrinks() {
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () ->
                                Property.of(
                                                new Claim(
                                                        "planted",
                                                        "hallows.PlantedTest",
                                                        new Seeds(0, 200)))
                                        .operations(
                                                300, dice -> new Put(dice.between(0, 1_000_000)))
                                        .holds(puts ->
                                                fails(
                                                        puts.stream()
                                                                .anyMatch(put ->
                                                                        put.value() > 777))));
        assertEquals(1, minimal(error).size());
    }

    @Test
    void shrinkingDoesNotSlipIntoAnotherFailure() {
        AssertionError error =
                falsified(puts -> {
                    if (puts.size() < 3) {
                        throw new IndexOutOfBoundsException("makes no sense");
                    }
                    fails(puts.size() > 5);
                });
        assertEquals(6, minimal(error).size());
    }

    @Test
    void theSeedInTheReportReplaysTheSameFailure() {
        Consumer<List<Put>> rare =
                puts -> fails(puts.stream().anyMatch(put -> put.value() % 4_001 == 0));
        AssertionError error = falsified(rare);
        Matcher replay = REPLAY.matcher(String.valueOf(error.getMessage()));
        assertTrue(replay.find());
        assertEquals("hallows.PlantedTest", replay.group(1));
        Seeds only = new Seeds(Long.parseLong(replay.group(2)), 1);
        AssertionError again =
                assertThrows(AssertionError.class, () -> puts(only).holds(rare::accept));
        assertEquals(error.getMessage(), again.getMessage());
    }

    @Test
    void theCauseIsHowTheMinimalOperationsFailed() {
        AssertionError error =
                falsified(puts -> {
                    if (puts.size() > 2) {
                        throw new IllegalStateException("with " + puts.size());
                    }
                });
        Throwable cause = assertInstanceOf(IllegalStateException.class, error.getCause());
        assertEquals("with 3", cause.getMessage());
        assertNotNull(error.getSuppressed()[0]);
    }

    @Test
    void aTrialThatIsNotAFunctionOfItsSeedIsToldSo() {
        int[] runs = {0};
        AssertionError error = falsified(_ -> fails(runs[0]++ == 0));
        assertTrue(
                String.valueOf(error.getMessage()).contains("something outside the seed decides"));
        assertEquals(2, runs[0]);
    }

    @Test
    void whatHoldsIsTriedOnceOnEverySeedWithOtherOperations() {
        Set<List<Put>> seen = new HashSet<>();
        puts(new Seeds(40, 50))
                .holds(puts -> {
                    assertTrue(seen.add(puts));
                });
        assertEquals(50, seen.size());
    }

    @Test
    void everyRunOfASeedThrowsTheSameDice() {
        List<Long> thrown = new ArrayList<>();
        assertThrows(
                AssertionError.class,
                () ->
                        puts(new Seeds(9, 1))
                                .holds((_, dice) -> {
                                    thrown.add(dice.next());
                                    fails(true);
                                }));
        assertTrue(thrown.size() > 2);
        assertEquals(1, new HashSet<>(thrown).size());
    }

    @Test
    void aSimplerThatNeverEndsIsCutOff() {
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () ->
                                Property.of(
                                                new Claim(
                                                        "endless",
                                                        "hallows.PlantedTest",
                                                        new Seeds(0, 1)))
                                        .operations(3, dice -> new Put(dice.below(10)))
                                        .simplified(
                                                put -> List.of(new Put(put.value() + 1)).stream())
                                        .holds(puts -> fails(!puts.isEmpty())));
        assertTrue(String.valueOf(error.getMessage()).contains("20000 runs"));
    }

    @Test
    void aReplayNamesTheTestClassThatSaidTheProperty() {
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () ->
                                Property.of("planted")
                                        .operations(3, dice -> new Put(dice.below(10)))
                                        .holds(_ -> fails(true)));
        assertTrue(
                String.valueOf(error.getMessage())
                        .contains("./hallows replay " + PropertyTest.class.getName() + " "));
    }

    @Test
    void aPropertyWithoutOperationsRunsOnEverySeed() {
        Set<Long> thrown = new HashSet<>();
        Property.of(new Claim("bare", "hallows.PlantedTest", new Seeds(0, 20)))
                .holdsOnEverySeed(dice -> thrown.add(dice.next()));
        assertEquals(20, thrown.size());
    }
}
