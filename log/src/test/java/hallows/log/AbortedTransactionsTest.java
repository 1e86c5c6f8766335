package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.AbortedSearch.Progress;
import hallows.runtime.BrokenInvariant;
import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.apache.kafka.storage.internals.log.TransactionIndex;
import org.apache.kafka.storage.internals.log.TxnIndexSearchResult;
import org.junit.jupiter.api.Test;

class AbortedTransactionsTest {
    private static final int ENTRIES_MAX = 12;

    /// Distances, so that fewer of them still make an index.
    private record Gap(int length, int beforeMarker, int stableBelow) {}

    private static Gap gap(SeededDice dice) {
        return new Gap(1 + dice.below(9), 1 + dice.below(4), dice.below(12));
    }

    private static List<AbortedTransaction> entries(List<Gap> gaps) {
        long[] marker = {0};
        return gaps.stream()
                .map(gap -> {
                    marker[0] += gap.beforeMarker;
                    long first = Math.max(0, marker[0] - gap.length);
                    long stable = Math.max(0, marker[0] + 1 - gap.stableBelow);
                    return new AbortedTransaction(gap.length, first, marker[0], stable);
                })
                .toList();
    }

    private static ByteBuffer encoded(List<AbortedTransaction> entries) {
        AbortedTransactions index = new AbortedTransactions(0);
        ByteBuffer bytes = ByteBuffer.allocate(entries.size() * AbortedTransactions.ENTRY_BYTES);
        entries.forEach(entry -> index.append(entry, bytes));
        assertEquals(bytes.position(), index.sizeBytes());
        return bytes.flip();
    }

    @Test
    void theGoldenIndexIsWhatWeWriteAndWhatWeRead() throws IOException {
        List<AbortedTransaction> entries =
                List.of(
                        new AbortedTransaction(4711, 3, 17, 18),
                        new AbortedTransaction(1L << 40, 9, 1L << 33, 20));
        ByteBuffer golden = ByteBuffer.wrap(Golden.bytes("golden.txnindex"));
        assertEquals(golden, encoded(entries));
        AbortedSearch search = new AbortedSearch(0, Long.MAX_VALUE);
        assertEquals(Progress.SEARCHING, search.search(golden));
        assertEquals(entries, search.found());
    }

    @Test
    void everyIndexAnswersAndIsCutAsKafkasIs() {
        Property.of("an index of aborted transactions is Kafka's")
                .operations(ENTRIES_MAX, AbortedTransactionsTest::gap)
                .holds((gaps, dice) -> compare(entries(gaps), dice));
    }

    private static void compare(List<AbortedTransaction> entries, SeededDice dice)
            throws IOException {
        Path path = Files.createTempFile("aborted", ".txnindex");
        try (TransactionIndex kafka = new TransactionIndex(0, path.toFile())) {
            for (AbortedTransaction each : entries) {
                kafka.append(
                        new AbortedTxn(
                                each.producerId(),
                                each.firstOffset(),
                                each.lastOffset(),
                                each.lastStableOffset()));
            }
            assertArrayEquals(Files.readAllBytes(path), encoded(entries).array());
            for (int i = 0; i < 20; i++) {
                long from = dice.below(40);
                search(kafka, encoded(entries), new long[] {from, from + dice.below(10)});
            }
        } finally {
            Files.delete(path);
        }
    }

    private static void search(TransactionIndex kafka, ByteBuffer bytes, long[] range) {
        TxnIndexSearchResult expected = kafka.collectAbortedTxns(range[0], range[1]);
        AbortedSearch search = new AbortedSearch(range[0], range[1]);
        Progress progress = search.search(bytes);
        assertEquals(expected.isComplete(), progress == Progress.COMPLETE);
        assertEquals(expected.abortedTransactions(), kafkas(search.found()));
    }

    private static List<AbortedTxn> kafkas(List<AbortedTransaction> found) {
        return found.stream()
                .map(each ->
                        new AbortedTxn(
                                each.producerId(),
                                each.firstOffset(),
                                each.lastOffset(),
                                each.lastStableOffset()))
                .toList();
    }

    @Test
    void aTornLastEntryIsLeftOver() {
        ByteBuffer whole = encoded(List.of(new AbortedTransaction(1, 2, 3, 4)));
        AbortedTransactions index = new AbortedTransactions(0);
        assertTrue(index.load(whole.duplicate().limit(33)));
        assertEquals(0, index.sizeBytes());
        assertTrue(index.load(whole));
        assertEquals(34, index.sizeBytes());
    }

    @Test
    void whatCannotBeAnIndexIsSaidToBeNone() {
        ByteBuffer entry = encoded(List.of(new AbortedTransaction(1, 2, 3, 4)));
        assertFalse(new AbortedTransactions(4).load(entry.duplicate()));
        ByteBuffer later =
                encoded(List.of(new AbortedTransaction(1, 2, 3, 4))).putShort(0, (short) 1);
        assertFalse(new AbortedTransactions(0).load(later.duplicate()));
        assertEquals(Progress.CORRUPT, new AbortedSearch(0, 9).search(later));
    }

    @Test
    void markersOutOfOrderAreABrokenInvariant() {
        AbortedTransactions index = new AbortedTransactions(0);
        ByteBuffer bytes = ByteBuffer.allocate(100);
        index.append(new AbortedTransaction(1, 2, 3, 4), bytes);
        assertThrows(
                BrokenInvariant.class,
                () -> index.append(new AbortedTransaction(1, 2, 3, 4), bytes));
    }
}
