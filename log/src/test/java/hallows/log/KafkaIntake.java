package hallows.log;

import hallows.model.BatchView;
import hallows.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.PrimitiveRef;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogValidator;
import org.apache.kafka.storage.internals.log.RecordValidationException;
import org.xerial.snappy.SnappyError;

/// What Kafka does with what somebody wants to append: the looks of its produce request, of its
/// log, and its `LogValidator`.
final class KafkaIntake {
    private static final short PRODUCE_VERSION = 12;
    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

    private KafkaIntake() {}

    /// Where it would go, and from whom.
    record Place(Origin origin, long offset, int leaderEpoch, long now) {}

    /// What became of it.
    ///
    /// @param error [Errors#NONE] when it was taken in
    /// @param records the records to blame
    /// @param late whether its records had been looked at by then
    /// @param bytes as they would be written, when it was taken in
    record Verdict(Errors error, List<Integer> records, boolean late, ByteBuffer bytes) {
        static Verdict refused(Errors error, List<Integer> records, boolean late) {
            return new Verdict(error, records, late, ByteBuffer.allocate(0));
        }
    }

    static Verdict verdict(byte[] bytes, Intake.Limits limits, Place place) {
        try {
            MemoryRecords records = MemoryRecords.readableRecords(ByteBuffer.wrap(bytes.clone()));
            ProduceRequest.validateRecords(PRODUCE_VERSION, records);
            CompressionType compression = analyze(records, place.origin, limits.batchBytesMax());
            return validated(validator(records, compression, limits, place), limits, place);
        } catch (RecordValidationException e) {
            return Verdict.refused(
                    Errors.forException(e.invalidException()),
                    e.recordErrors().stream().map(error -> error.batchIndex).toList(),
                    true);
        } catch (RuntimeException | SnappyError e) {
            return Verdict.refused(Errors.forException(e), List.of(), false);
        }
    }

    private static CompressionType analyze(MemoryRecords records, Origin origin, int bytesMax) {
        CompressionType compression = CompressionType.NONE;
        for (RecordBatch batch : records.batches()) {
            if (origin == Origin.CLIENT && batch.magic() >= 2 && batch.baseOffset() != 0) {
                throw new InvalidRecordException("base offset");
            }
            long unused = batch.lastOffset() + batch.partitionLeaderEpoch();
            if (batch.sizeInBytes() > bytesMax) {
                throw new RecordTooLargeException("size " + unused);
            }
            if (!batch.isValid()) {
                throw new CorruptRecordException("checksum");
            }
            CompressionType.forId(batch.compressionType().id);
            compression =
                    batch.compressionType() == CompressionType.NONE
                            ? compression
                            : batch.compressionType();
        }
        return compression;
    }

    private static LogValidator validator(
            MemoryRecords records, CompressionType compression, Intake.Limits limits, Place place) {
        HandTime time = new HandTime();
        time.pass(place.now - time.milliseconds());
        return new LogValidator(
                records,
                PARTITION,
                time,
                compression,
                new LogConfig(Packings.config(limits.packing()))
                        .compression.orElse(Compression.of(compression).build()),
                limits.records().keyed(),
                RecordBatch.CURRENT_MAGIC_VALUE,
                limits.records().logAppendTime()
                        ? TimestampType.LOG_APPEND_TIME
                        : TimestampType.CREATE_TIME,
                limits.records().beforeMillis(),
                limits.records().afterMillis(),
                place.leaderEpoch,
                AppendOrigin.valueOf(place.origin.name()));
    }

    private static Verdict validated(LogValidator validator, Intake.Limits limits, Place place) {
        LogValidator.ValidationResult result =
                validator.validateMessagesAndAssignOffsets(
                        PrimitiveRef.ofLong(place.offset),
                        new Uncounted(),
                        BufferSupplier.create());
        MemoryRecords records = result.validatedRecords();
        if (result.messageSizeMaybeChanged() && records.sizeInBytes() > limits.batchBytesMax()) {
            return Verdict.refused(Errors.MESSAGE_TOO_LARGE, List.of(), true);
        }
        return new Verdict(Errors.NONE, List.of(), true, records.buffer());
    }

    /// Whether a batch that Kafka takes in is one that this log refuses: docs/formats/log.md.
    static boolean isRefusedHereAlone(byte[] bytes) {
        MemoryRecords records = MemoryRecords.readableRecords(ByteBuffer.wrap(bytes.clone()));
        DefaultRecordBatch batch = (DefaultRecordBatch) records.batches().iterator().next();
        if (batch.countOrNull() <= 0) {
            return true;
        }
        if (batch.lastOffset() - batch.baseOffset() + 1 != batch.countOrNull()) {
            return true;
        }
        try (InputStream stream = batch.recordInputStream(BufferSupplier.NO_CACHING)) {
            ByteBuffer unpacked = ByteBuffer.wrap(stream.readAllBytes());
            for (int index = 0; index < batch.countOrNull(); index++) {
                if (DefaultRecord.readFrom(unpacked, 0, 0, 0, null).offset() != index) {
                    return true;
                }
            }
            return unpacked.hasRemaining();
        } catch (IOException | RuntimeException | SnappyError e) {
            return true;
        }
    }

    /// Whether there is more than one batch with the magic of today.
    static boolean isMore(byte[] bytes) {
        if (bytes.length < BatchView.MAGIC_END_BYTES) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long size = BatchView.sizeAt(buffer, 0);
        return BatchView.magicAt(buffer, 0) == BatchView.MAGIC
                && size >= BatchView.SMALLEST_BYTES
                && size < bytes.length;
    }

    /// Whether an answer of this log is the same as Kafka's error. What Kafka has no error for, it
    /// calls an unknown one of the server.
    static boolean isSame(Errors error, ErrorCode ours) {
        return error == Errors.UNKNOWN_SERVER_ERROR
                ? ours == ErrorCode.INVALID_RECORD
                        || ours == ErrorCode.CORRUPT_MESSAGE
                        || ours == ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
                : error.code() == ours.code();
    }

    private static final class Uncounted implements LogValidator.MetricsRecorder {
        @Override
        public void recordInvalidMagic() {}

        @Override
        public void recordInvalidOffset() {}

        @Override
        public void recordInvalidSequence() {}

        @Override
        public void recordInvalidChecksums() {}

        @Override
        public void recordNoKeyCompactedTopic() {}
    }
}
