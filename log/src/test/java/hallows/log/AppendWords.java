package hallows.log;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;

/// What is remarkable about an append, in words that can be counted.
final class AppendWords {
    private final MemoryRecords records;
    private final boolean known;
    private final int epoch;
    private final int coordinatorEpoch;
    private final List<BatchMetadata> window;

    /// @param log that it is for, and knows nothing of it yet
    AppendWords(MemoryRecords records, KafkaLog log) {
        this.records = records;
        RecordBatch batch = records.firstBatch();
        ProducerStateEntry entry = batch == null ? null : log.producer(batch.producerId());
        // What Kafka knows changes in place.
        known = entry != null;
        epoch = entry == null ? RecordBatch.NO_PRODUCER_EPOCH : entry.producerEpoch();
        coordinatorEpoch = entry == null ? -1 : entry.coordinatorEpoch();
        window = entry == null ? List.of() : new ArrayList<>(entry.batchMetadata());
    }

    /// All that an oracle of appends must have met.
    static List<String> all() {
        List<String> all = new ArrayList<>();
        for (CompressionType compression : CompressionType.values()) {
            for (String whose : List.of("anybody's", "a producer's", "a transaction's")) {
                all.add(whose + " batch, " + compression);
            }
        }
        for (int version = 0; version <= Appender.EPOCH_PER_MARKER; version++) {
            all.add("marker ABORT of version " + version);
            all.add("marker COMMIT of version " + version);
        }
        for (int back = 1; back <= ProducerStateEntry.NUM_BATCHES_TO_RETAIN; back++) {
            all.add("duplicate of the last batch but " + (back - 1));
        }
        all.addAll(
                List.of(
                        "marker of a later coordinator",
                        "sequence that wraps in a batch",
                        "sequence that wraps between batches",
                        "later producer epoch",
                        "highest producer epoch",
                        "unknown producer",
                        "unknown producer from the middle",
                        "timestamp of the log",
                        "no timestamp"));
        return all;
    }

    void tell(String answer, Appender appender, Tally met) {
        if (answer.startsWith("staged")) {
            met.met("staged");
            tellStaged(records.firstBatch(), appender, met);
        } else if (answer.startsWith("duplicate")) {
            tellDuplicate(records.firstBatch().baseSequence(), met);
        } else {
            met.met(answer);
        }
    }

    private void tellDuplicate(int sequence, Tally met) {
        for (int i = 0; i < window.size(); i++) {
            if (window.get(i).firstSeq() == sequence) {
                met.met("duplicate of the last batch but " + (window.size() - 1 - i));
            }
        }
    }

    private void tellStaged(RecordBatch batch, Appender appender, Tally met) {
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            met.met("timestamp of the log");
        } else if (batch.maxTimestamp() == RecordBatch.NO_TIMESTAMP) {
            met.met("no timestamp");
        }
        if (batch.isControlBatch()) {
            tellMarker(batch, appender, met);
        } else if (batch.hasProducerId()) {
            String whose = batch.isTransactional() ? "a transaction's" : "a producer's";
            met.met(whose + " batch, " + batch.compressionType());
            tellProducer(batch, met);
        } else {
            met.met("anybody's batch, " + batch.compressionType());
        }
    }

    private void tellMarker(RecordBatch batch, Appender appender, Tally met) {
        ControlRecordType type = ControlRecordType.parse(batch.iterator().next().key());
        met.met("marker " + type + " of version " + appender.transactionVersion());
        if (coordinatorEpoch >= 0) {
            int coordinator =
                    EndTransactionMarker.deserialize(batch.iterator().next()).coordinatorEpoch();
            if (coordinator > coordinatorEpoch) {
                met.met("marker of a later coordinator");
            }
        }
    }

    private void tellProducer(RecordBatch batch, Tally met) {
        if (batch.producerEpoch() == Short.MAX_VALUE) {
            met.met("highest producer epoch");
        }
        if (batch.lastSequence() < batch.baseSequence()) {
            met.met("sequence that wraps in a batch");
        }
        if (!known) {
            met.met("unknown producer");
            if (batch.baseSequence() > 0) {
                met.met("unknown producer from the middle");
            }
        } else if (batch.producerEpoch() > epoch) {
            met.met("later producer epoch");
        } else if (!window.isEmpty() && window.getLast().lastSeq() == Integer.MAX_VALUE) {
            met.met("sequence that wraps between batches");
        }
    }
}
