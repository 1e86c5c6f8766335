package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final int SLAB = 1024;

    private static Budget budget(int slabs) {
        return new Budget(Arena.ofAuto().allocate((long) slabs * SLAB), SLAB);
    }

    private static Run claimed(Allowance allowance, int slabs) {
        return Objects.requireNonNull(allowance.claim(slabs));
    }

    @Test
    void anApplicationUsesItsAllowanceAndNoMore() {
        Budget budget = budget(10);
        Allowance mail = budget.lend("mail", 4 * SLAB);
        Run all = claimed(mail, 4);
        assertEquals(4 * SLAB, all.memory().byteSize());
        assertNull(mail.claim(1));
        mail.free(all);
        assertNotNull(mail.claim(1));
        assertEquals(SLAB, mail.claimedBytes());
        assertEquals(4 * SLAB, mail.highestBytes());
        assertEquals(4 * SLAB, mail.limitBytes());
    }

    @Test
    void whatOneApplicationUsesIsNotMissingToAnother() {
        Budget budget = budget(10);
        Allowance mail = budget.lend("mail", 5 * SLAB);
        Allowance table = budget.lend("table", 5 * SLAB);
        for (int i = 0; i < 5; i++) {
            assertNotNull(mail.claim(1));
        }
        assertNull(mail.claim(1));
        assertNotNull(table.claim(5));
    }

    @Test
    void moreThanTheBudgetIsNotPromisedAndTheRefusalSaysWhatToDo() {
        Budget budget = budget(10);
        budget.lend("mail", 7 * SLAB);
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class, () -> budget.lend("table", 3 * SLAB + 1));
        assertEquals(
                "application 'table' asks for 3073 bytes of memory, but 3072 of the budget's 10240"
                        + " are left (promised: mail 7168): enlarge the budget or ask for less",
                refusal.getMessage());
        assertEquals(7 * SLAB, budget.lentBytes());
        assertThrows(IllegalArgumentException.class, () -> budget.lend("all", Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> budget.lend("less", -1));
        assertEquals(3 * SLAB, budget.lend("table", 2 * SLAB + 1).limitBytes());
    }

    @Test
    void aBudgetHasAtLeastOneSlabOfAUsefulSize() {
        assertThrows(IllegalArgumentException.class, () -> budget(0));
        Arena arena = Arena.ofAuto();
        assertThrows(IllegalArgumentException.class, () -> new Budget(arena.allocate(4096), 1000));
        assertThrows(IllegalArgumentException.class, () -> new Budget(arena.allocate(4096), 128));
    }

    @Test
    void aPromiseEndsWhenNothingIsUsed() {
        Budget budget = budget(10);
        Allowance mail = budget.lend("mail", 10 * SLAB);
        Run run = claimed(mail, 1);
        assertFalse(mail.giveBack());
        mail.free(run);
        assertTrue(mail.giveBack());
        assertNull(mail.claim(1));
        assertEquals(List.of(), budget.allowances());
        Allowance table = budget.lend("table", 10 * SLAB);
        assertEquals(List.of(table), budget.allowances());
        assertEquals("table", table.application());
    }

    @Test
    void aRunNeedsNeighbouringSlabs() {
        Budget budget = budget(3);
        Allowance mail = budget.lend("mail", 3 * SLAB);
        claimed(mail, 1);
        Run middle = claimed(mail, 1);
        Run last = claimed(mail, 1);
        mail.free(last);
        assertNull(mail.claim(2));
        assertEquals(2 * SLAB, mail.claimedBytes());
        mail.free(middle);
        assertNotNull(mail.claim(2));
        assertEquals(3 * SLAB, budget.claimedBytes());
        assertEquals(3 * SLAB, budget.highestBytes());
        assertEquals(3 * SLAB, budget.limitBytes());
    }
}
