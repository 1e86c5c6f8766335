package hallows.log;

import hallows.runtime.Dice;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;

/// The bytes that a [LogWriter] brings, as Kafka's clients and coordinators make them.
///
/// @param producer whose batches
/// @param load how large they are
/// @param ledger knows the timestamps of the numbered records
/// @param dice for what is left open
record WriterBatches(long producer, LogWriter.Load load, LogLedger ledger, Dice dice) {
    static final int COORDINATOR_EPOCH = 1;

    boolean areTransactional() {
        return producer % 2 == 0;
    }

    /// Of numbered records.
    ByteBuffer of(List<Long> numbers, int sequence) {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(
                        ByteBuffer.allocate(1024),
                        RecordBatch.CURRENT_MAGIC_VALUE,
                        dice.below(4) == 0 ? Compression.gzip().build() : Compression.NONE,
                        TimestampType.CREATE_TIME,
                        0,
                        RecordBatch.NO_TIMESTAMP,
                        producer,
                        (short) 0,
                        sequence,
                        areTransactional(),
                        RecordBatch.NO_PARTITION_LEADER_EPOCH);
        for (long number : numbers) {
            ByteBuffer value =
                    ByteBuffer.allocate(Long.BYTES + dice.below(load.valueBytesMax()))
                            .putLong(0, number);
            builder.append(ledger.stamp(number), null, value.array());
        }
        return builder.build().buffer();
    }

    /// The end of somebody's transaction.
    ByteBuffer marker(long whose, long nowMillis, int leaderEpoch) {
        boolean aborts = ledger.decides(whose, () -> load.aborts() && dice.oneIn(2));
        ControlRecordType type = aborts ? ControlRecordType.ABORT : ControlRecordType.COMMIT;
        return MemoryRecords.withEndTransactionMarker(
                        0,
                        nowMillis,
                        leaderEpoch,
                        whose,
                        (short) 0,
                        new EndTransactionMarker(type, COORDINATOR_EPOCH))
                .buffer();
    }
}
