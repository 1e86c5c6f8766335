package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Dice;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededDiceTest {
    @Test
    void seedZeroThrowsTheReferenceNumbersOfXoshiro() {
        SeededDice dice = new SeededDice(0);
        assertEquals(0x99ec5f36cb75f2b4L, dice.next());
        assertEquals(0xbf6e1f784956452aL, dice.next());
        assertEquals(0x1a5f849d4933e6e0L, dice.next());
        assertEquals(0x6aa594f1262d2d2cL, dice.next());
    }

    @Test
    void aForkDependsOnSeedAndPurposeAndNotOnEarlierThrows() {
        SeededDice fresh = new SeededDice(7);
        SeededDice used = new SeededDice(7);
        used.next();
        assertEquals(fresh.fork("disk").next(), used.fork("disk").next());
        assertNotEquals(fresh.fork("disk").next(), fresh.fork("network").next());
    }

    @Test
    void aForkIsTheSameInEveryRelease() {
        assertEquals(-2210450356874560403L, new SeededDice(1).fork("network").next());
    }

    @Test
    void neighbouringSeedsAndForksShareNoThrows() {
        Set<Long> thrown = new HashSet<>();
        int throwsEach = 100;
        for (int seed = 0; seed < 100; seed++) {
            SeededDice dice = new SeededDice(seed);
            for (SeededDice one :
                    List.of(dice, dice.fork("a"), dice.fork("b"), dice.fork("a").fork("b"))) {
                for (int i = 0; i < throwsEach; i++) {
                    thrown.add(one.next());
                }
            }
        }
        assertEquals(100 * 4 * throwsEach, thrown.size());
    }

    @Test
    void everySideOfTheDieComesUpAboutEquallyOften() {
        Dice dice = new SeededDice(3);
        int[] sides = new int[10];
        for (int i = 0; i < 100_000; i++) {
            sides[dice.below(10)]++;
        }
        assertTrue(Arrays.stream(sides).allMatch(often -> 9_500 < often && often < 10_500));
    }

    @Test
    void everyBitIsSetHalfTheTime() {
        SeededDice dice = new SeededDice(11);
        int[] set = new int[Long.SIZE];
        for (int i = 0; i < 20_000; i++) {
            long thrown = dice.next();
            for (int bit = 0; bit < Long.SIZE; bit++) {
                set[bit] += (int) (thrown >>> bit & 1);
            }
        }
        assertTrue(Arrays.stream(set).allMatch(often -> 9_600 < often && often < 10_400));
    }

    @Test
    void betweenReachesBothEndsOfItsRange() {
        SeededDice dice = new SeededDice(5);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            seen.add(dice.between(-2, 2));
        }
        assertEquals(Set.of(-2L, -1L, 0L, 1L, 2L), seen);
        assertEquals(9, dice.between(9, 9));
    }

    @Test
    void betweenTakesTheWholeRangeOfLong() {
        SeededDice dice = new SeededDice(5);
        assertNotEquals(
                dice.between(Long.MIN_VALUE, Long.MAX_VALUE),
                dice.between(Long.MIN_VALUE, Long.MAX_VALUE));
        long upper = dice.between(1, Long.MAX_VALUE);
        assertTrue(upper >= 1);
    }
}
