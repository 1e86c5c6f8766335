package hallows.log;

import java.util.List;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/// Sees all records, and writes them into the ledger.
record EverythingView(LogLedger ledger) implements LogView {
    @Override
    public Isolation isolation() {
        return Isolation.UNCOMMITTED;
    }

    @Override
    public long nextToRead() {
        return ledger.nextToRead();
    }

    @Override
    public void read(RecordBatch batch, List<AbortedTransaction> aborted) {
        ledger.epoch(batch.partitionLeaderEpoch(), batch.baseOffset());
        for (Record record : batch) {
            if (record.offset() >= ledger.nextToRead()) {
                ledger.read(record.offset(), LogLedger.number(batch, record));
            }
        }
    }
}
