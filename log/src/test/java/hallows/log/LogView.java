package hallows.log;

import java.util.List;
import org.apache.kafka.common.record.internal.RecordBatch;

/// What somebody makes of the batches of one log that come to him in order.
interface LogView {
    /// What of the transactions he sees.
    Isolation isolation();

    /// Where he goes on.
    long nextToRead();

    /// A batch whose bytes are sound and at whose place he has come.
    ///
    /// @param aborted whose records among those of the answer never were
    void read(RecordBatch batch, List<AbortedTransaction> aborted);
}
