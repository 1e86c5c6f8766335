package hallows.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/// Sees what was committed, as a consumer makes it out, and holds the answers to what the markers
/// say that come behind: every committed record was shown, no aborted one was.
final class CommittedView implements LogView {
    private final LogLedger ledger;
    private final Map<Long, List<Shown>> undecided = new HashMap<>();

    CommittedView(LogLedger ledger) {
        this.ledger = ledger;
    }

    private record Shown(long offset, boolean shown) {}

    @Override
    public Isolation isolation() {
        return Isolation.COMMITTED;
    }

    @Override
    public long nextToRead() {
        return ledger.nextCommitted();
    }

    @Override
    public void read(RecordBatch batch, List<AbortedTransaction> aborted) {
        boolean shown = aborted.stream().noneMatch(transaction -> covers(transaction, batch));
        for (Record record : batch) {
            if (record.offset() < nextToRead()) {
                continue;
            }
            ledger.readCommitted(record.offset(), LogLedger.number(batch, record));
            if (batch.isControlBatch()) {
                decided(batch.producerId(), ControlRecordType.parse(record.key()));
            } else if (batch.isTransactional()) {
                undecided
                        .computeIfAbsent(batch.producerId(), _ -> new ArrayList<>())
                        .add(new Shown(record.offset(), shown));
            }
        }
    }

    private static boolean covers(AbortedTransaction transaction, RecordBatch batch) {
        return batch.isTransactional()
                && transaction.producerId() == batch.producerId()
                && transaction.firstOffset() <= batch.baseOffset()
                && batch.baseOffset() <= transaction.lastOffset();
    }

    private void decided(long producer, ControlRecordType how) {
        boolean committed = how == ControlRecordType.COMMIT;
        List<Shown> records = undecided.remove(producer);
        if (records == null) {
            return;
        }
        for (Shown record : records) {
            if (record.shown != committed) {
                ledger.broken(
                        committed
                                ? "a committed record was hidden at " + record.offset
                                : "an aborted record was shown at " + record.offset);
            }
        }
    }
}
