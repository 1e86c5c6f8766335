package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.BatchView;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.FileRecords.TimestampAndOffset;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.server.common.OffsetAndEpoch;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.FetchDataInfo;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/// Our log beside Kafka's: the same questions, the same answers.
final class ReadPair {
    private static final String OUT_OF_RANGE = "out of range";

    private final Log ours;
    private final UnifiedLog kafka;
    private final LentBuffers buffers = new LentBuffers();
    private final Tally met;
    private boolean sameIndexes = true;
    private int atOnce;

    ReadPair(LogPair pair) {
        ours = pair.ours();
        kafka = pair.kafka();
        met = pair.met();
    }

    /// All that an oracle of reads must have met.
    static List<String> allWords() {
        return List.of(
                "read at once",
                "read of nothing",
                "read of records",
                "read of aborted records",
                "read out of range",
                "time found",
                "time not found",
                "epoch known",
                "epoch unknown");
    }

    /// What was read, in words that can be compared.
    ///
    /// @param bytes the records
    /// @param baseOffset of the first batch, if there is one
    /// @param aborted whose records never were
    private record Read(ByteBuffer bytes, long baseOffset, List<String> aborted) {
        static final Read NOTHING = new Read(ByteBuffer.allocate(0), -1, List.of());
    }

    /// A log that was cut makes its indexes again, with other entries than Kafka's if their
    /// interval was changed. How far aborted transactions are named beyond the bytes depends on
    /// them.
    void indexesDiffer() {
        sameIndexes = false;
    }

    /// Both are asked for bytes.
    void read(Lookup.Question asked) throws IOException {
        Lookup lookup = ours.lookup(asked);
        Object answer =
                lookup == null
                        ? OUT_OF_RANGE
                        : switch (lookup.run().orThrow()) {
                            case Lookup.Answer.Bytes found -> read(found);
                            case Lookup.Answer.Nothing _ -> Read.NOTHING;
                            case Lookup.Answer.Gone _ -> "gone";
                        };
        assertEquals(expected(asked), answer, asked.toString());
        tell(answer);
        if (lookup != null) {
            Reading reading = Reading.of(lookup, buffers.home(), buffers.buffers());
            assertEquals(answer, brought(reading.run().orThrow()), asked.toString());
            readAtHand(lookup, answer);
        }
        Reading.Answer now = ours.readNow(asked, buffers.home(), buffers.buffers());
        if (now != null) {
            atOnce++;
            met.met("read at once");
            assertEquals(answer, brought(now), asked.toString());
        }
    }

    /// What the host has in its memory needs no job.
    private void readAtHand(Lookup lookup, Object expected) {
        Reading reading = Reading.of(lookup, buffers.home(), buffers.buffers());
        Reading.Answer atHand = reading.runNow();
        if (atHand != null) {
            met.met("read at hand");
        }
        Reading.Answer answer = atHand == null ? reading.run().orThrow() : atHand;
        assertEquals(expected, brought(answer), lookup.question().toString());
    }

    private void tell(Object answer) {
        if (!(answer instanceof Read read)) {
            met.met("read " + answer);
        } else if (read.equals(Read.NOTHING)) {
            met.met("read of nothing");
        } else {
            met.met(read.aborted.isEmpty() ? "read of records" : "read of aborted records");
        }
    }

    private Read read(Lookup.Answer.Bytes found) {
        DiskFile file = RealDisk.DISK.open(found.file(), Disk.OpenMode.READ).orThrow();
        ByteBuffer bytes = ByteBuffer.allocate(found.bytes());
        file.read(found.position(), bytes).orThrow();
        file.close();
        return read(found, bytes.flip());
    }

    private Read read(Lookup.Answer.Bytes found, ByteBuffer bytes) {
        return new Read(
                bytes,
                found.baseOffset(),
                found.aborted().stream()
                        .filter(aborted -> isNamed(aborted.firstOffset(), bytes))
                        .map(aborted -> aborted.producerId() + " " + aborted.firstOffset())
                        .toList());
    }

    /// The same, as it comes to a link.
    private Read brought(Reading.Answer answer) {
        Read read = Read.NOTHING;
        if (answer instanceof Reading.Answer.Bytes(Region region, Lookup.Answer.Bytes found)) {
            ByteBuffer bytes = ByteBuffer.allocate(found.bytes());
            switch (region) {
                case MemoryRegion copy -> bytes.put(copy.buffer());
                case FileRegion range -> range.file().read(range.position(), bytes).orThrow();
            }
            read = read(found, bytes.flip());
            region.release();
        }
        assertEquals(0, buffers.buffers().liveRegions());
        return read;
    }

    /// How many questions about bytes were answered at once.
    int atOnce() {
        return atOnce;
    }

    private Object expected(Lookup.Question asked) throws IOException {
        try {
            FetchDataInfo data =
                    kafka.read(
                            asked.offset(),
                            asked.bytesMax(),
                            asked.isolation() == Isolation.COMMITTED
                                    ? FetchIsolation.TXN_COMMITTED
                                    : asked.bound() == Long.MAX_VALUE
                                            ? FetchIsolation.LOG_END
                                            : FetchIsolation.HIGH_WATERMARK,
                            asked.oneAtLeast());
            ByteBuffer bytes = ByteBuffer.allocate(data.records.sizeInBytes());
            if (data.records instanceof FileRecords file) {
                file.readInto(bytes, 0);
            }
            return bytes.capacity() == 0
                    ? Read.NOTHING
                    : new Read(
                            bytes.rewind(),
                            data.fetchOffsetMetadata.messageOffset,
                            data.abortedTransactions.orElse(List.of()).stream()
                                    .filter(aborted -> isNamed(aborted.firstOffset(), bytes))
                                    .map(ReadPair::words)
                                    .toList());
        } catch (OffsetOutOfRangeException e) {
            return OUT_OF_RANGE;
        }
    }

    private boolean isNamed(long firstOffset, ByteBuffer bytes) {
        return sameIndexes || firstOffset < end(bytes);
    }

    /// One above the last offset in these batches; the last may be torn.
    private static long end(ByteBuffer bytes) {
        long end = 0;
        long at = 0;
        while (bytes.limit() - at >= BatchView.HEADER_BYTES) {
            end = new BatchView().at(bytes, (int) at).nextOffset();
            at += BatchView.sizeAt(bytes, (int) at);
        }
        return end;
    }

    private static String words(FetchResponseData.AbortedTransaction aborted) {
        return aborted.producerId() + " " + aborted.firstOffset();
    }

    /// Both are asked for a timestamp. Kafka looks into one segment only, and there may find that
    /// the log begins above all that is young enough; then ours is held against all records.
    void time(long timestamp) {
        TimeLookup.Answer answer = ours.timeLookup(timestamp).run().orThrow();
        Optional<TimestampAndOffset> theirs =
                kafka.fetchOffsetByTimestamp(timestamp, Optional.empty()).timestampAndOffsetOpt();
        if (theirs.isEmpty() && timestamp >= 0) {
            theirs = first(timestamp);
        }
        TimeLookup.Answer expected =
                theirs.<TimeLookup.Answer>map(at ->
                                new TimeLookup.At(
                                        at.offset,
                                        at.timestamp,
                                        at.leaderEpoch.isPresent()
                                                ? OptionalInt.of(at.leaderEpoch.get())
                                                : OptionalInt.empty()))
                        .orElse(new TimeLookup.None());
        assertEquals(expected, answer, "timestamp " + timestamp);
        met.met(answer instanceof TimeLookup.None ? "time not found" : "time found");
    }

    private Optional<TimestampAndOffset> first(long timestamp) {
        for (LogSegment segment : kafka.logSegments()) {
            for (RecordBatch batch : segment.log().batches()) {
                Optional<TimestampAndOffset> first = first(timestamp, batch);
                if (first.isPresent()) {
                    return first;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<TimestampAndOffset> first(long timestamp, RecordBatch batch) {
        for (Record record : batch) {
            if (record.timestamp() >= timestamp && record.offset() >= kafka.logStartOffset()) {
                return Optional.of(
                        new TimestampAndOffset(
                                record.timestamp(),
                                record.offset(),
                                Optional.of(batch.partitionLeaderEpoch())));
            }
        }
        return Optional.empty();
    }

    /// Both are asked where an epoch ended.
    void epoch(int epoch) {
        EpochEnd end = ours.epochEnd(epoch);
        Optional<OffsetAndEpoch> theirs = kafka.endOffsetForEpoch(epoch);
        assertEquals(theirs.isPresent(), end.isKnown(), "epoch " + epoch);
        theirs.ifPresent(known -> assertEquals(new EpochEnd(known.epoch(), known.offset()), end));
        assertTrue(end.isBefore(epoch, Long.MAX_VALUE));
        met.met(end.isKnown() ? "epoch known" : "epoch unknown");
    }
}
