package hallows.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SharedTableTest {
    @Test
    void isAMapThroughEveryHistory() {
        Random random = new Random(4);
        SharedTable<Integer, String> table = SharedTable.empty();
        Map<Integer, String> oracle = new HashMap<>();
        for (int step = 0; step < 500; step++) {
            Set<Integer> removed = new HashSet<>();
            Map<Integer, String> put = new HashMap<>();
            for (int change = random.nextInt(4); change > 0; change--) {
                removed.add(random.nextInt(300));
                put.put(random.nextInt(300), "value-" + step);
            }
            table = table.with(removed, put);
            removed.forEach(oracle::remove);
            oracle.putAll(put);
            assertEquals(oracle.size(), table.size());
        }
        assertEquals(new HashSet<>(oracle.values()), table.values().collect(Collectors.toSet()));
        for (int key = 0; key < 300; key++) {
            assertEquals(oracle.get(key), table.get(key));
        }
    }

    @Test
    void theOneBeforeStaysAsItWas() {
        SharedTable<String, String> before =
                SharedTable.<String, String>empty().with(Set.of(), Map.of("a", "1", "b", "2"));
        SharedTable<String, String> after = before.with(Set.of("a"), Map.of("b", "3", "c", "4"));
        assertEquals("1", before.get("a"));
        assertEquals("2", before.get("b"));
        assertEquals(2, before.size());
        assertNull(after.get("a"));
        assertEquals("3", after.get("b"));
        assertEquals(2, after.size());
    }

    @Test
    void nothingChangedIsTheSame() {
        SharedTable<String, String> table = SharedTable.empty();
        assertSame(table, table.with(Set.of(), Map.of()));
    }
}
