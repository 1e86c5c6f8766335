package hallows.log;

import hallows.log.Fact.Kind;
import hallows.model.BatchView;
import java.nio.ByteBuffer;
import java.util.List;

/// Batches and records in the words of Kafka's own tool, which people know.
final class BatchFacts {
    private static final List<String> COMPRESSIONS =
            List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final List<String> CONTROLS =
            List.of(
                    "ABORT",
                    "COMMIT",
                    "LEADER_CHANGE",
                    "SNAPSHOT_HEADER",
                    "SNAPSHOT_FOOTER",
                    "KRAFT_VERSION",
                    "KRAFT_VOTERS");
    private static final int CONTROL_KEY_BYTES = 4;
    private static final int MARKER_BYTES = 6;

    private BatchFacts() {}

    /// A batch at a place in its file.
    static Fact of(BatchView batch, long position) {
        Fact fact =
                new Fact(Kind.BATCH)
                        .with("baseOffset", batch.baseOffset())
                        .with("lastOffset", batch.lastOffset())
                        .with("count", batch.count())
                        .with("baseSequence", batch.baseSequence())
                        .with("lastSequence", batch.lastSequence())
                        .with("producerId", batch.producerId())
                        .with("producerEpoch", batch.producerEpoch())
                        .with("partitionLeaderEpoch", batch.leaderEpoch())
                        .with("isTransactional", batch.isTransactional())
                        .with("isControl", batch.isControl());
        if (batch.hasDeleteHorizon()) {
            fact.with("deleteHorizonMs", batch.baseTimestamp());
        }
        return fact.with("position", position)
                .with(timestampType(batch), batch.maxTimestamp())
                .with("size", batch.sizeBytes())
                .with("magic", batch.magic())
                .with("compresscodec", compression(batch))
                .with("crc", Integer.toUnsignedLong(batch.checksum()))
                .with("isvalid", batch.isSound());
    }

    private static String timestampType(BatchView batch) {
        return batch.hasLogAppendTime() ? "LogAppendTime" : "CreateTime";
    }

    private static String compression(BatchView batch) {
        int number = batch.compression();
        return number < COMPRESSIONS.size() ? COMPRESSIONS.get(number) : "unknown " + number;
    }

    /// A record of a batch.
    static Fact of(BatchView batch, RecordReader record, boolean values) {
        Fact fact =
                new Fact(Kind.RECORD)
                        .with("offset", batch.baseOffset() + record.offsetDelta())
                        .with(timestampType(batch), timestamp(batch, record))
                        .with("keySize", record.key().sizeBytes())
                        .with("valueSize", record.value().sizeBytes());
        if (batch.hasProducer()) {
            fact.with("sequence", sequence(batch, record));
        }
        fact.with("headerKeys", record.headers().stream().map(Printable::text).toList());
        if (batch.isControl()) {
            control(fact, record);
        }
        if (values) {
            payload(fact, "key", record.key());
            payload(fact, "payload", record.value());
        }
        return fact;
    }

    /// What counts as the time of a record.
    static long timestamp(BatchView batch, RecordReader record) {
        return batch.hasLogAppendTime()
                ? batch.maxTimestamp()
                : batch.baseTimestamp() + record.timestampDelta();
    }

    /// Sequences go round: after the largest comes 0.
    private static int sequence(BatchView batch, RecordReader record) {
        int first = batch.baseSequence();
        return first < 0 ? first : first + record.offsetDelta() & Integer.MAX_VALUE;
    }

    private static void control(Fact fact, RecordReader record) {
        ByteBuffer key = ByteBuffer.wrap(record.key().head());
        if (key.remaining() < CONTROL_KEY_BYTES) {
            fact.with("endTxnMarker", "unreadable");
            return;
        }
        int type = key.getShort(Short.BYTES);
        boolean known = type >= 0 && type < CONTROLS.size();
        fact.with("controlType", known ? CONTROLS.get(type) : "unknown " + type);
        ByteBuffer marker = ByteBuffer.wrap(record.value().head());
        if (type >= 0 && type <= 1 && marker.remaining() >= MARKER_BYTES) {
            fact.with("coordinatorEpoch", marker.getInt(Short.BYTES));
        }
    }

    private static void payload(Fact fact, String name, RecordReader.Field field) {
        if (field.sizeBytes() >= 0) {
            fact.with(name, Printable.bytes(field.head()) + (field.isCut() ? " ..." : ""));
        }
    }
}
