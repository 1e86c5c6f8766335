package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.IndexFormat.Kind;
import hallows.runtime.DiskFile;
import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogFileUtils;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.OffsetIndex;
import org.apache.kafka.storage.internals.log.RollParams;
import org.apache.kafka.storage.internals.log.TimeIndex;
import org.apache.kafka.storage.internals.log.TimestampOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes into the indexes of a segment, beside Kafka's segment.
class SegmentIndexesOracleTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void theSameBatchesMakeTheSameIndexes() {
        Seeds.forEach(SegmentIndexesOracleTest.class, 40, this::play);
    }

    @Test
    void whatFoundNoRoomForLongIsOpenedWithItsLargestTimestamp() throws IOException {
        IndexLimits limits = new IndexLimits(0, 1 << 20);
        SegmentIndexes ours = SegmentIndexes.empty(limits, 0);
        for (int batch = 0; batch < 2_000; batch++) {
            assertTrue(ours.add(100 * batch, 100, batch, 5_000 + batch));
        }
        ours.seal();
        for (TailWrite write : ours.dirty()) {
            DiskFile file = RealDisk.open(index(write.kind()));
            assertNull(write.to(file).fault());
            file.close();
        }
        assertEquals(6_999, opened(limits).maxTimestamp());
        try (OffsetIndex offsets = new OffsetIndex(index(Kind.OFFSET).toFile(), 0, -1, false);
                TimeIndex times = new TimeIndex(index(Kind.TIME).toFile(), 0, -1, false)) {
            offsets.sanityCheck();
            times.sanityCheck();
            assertEquals(new TimestampOffset(6_999, 1_999), times.lastEntry());
        }
    }

    private Path index(Kind kind) {
        return directory.resolve(new LogFileName(0, IndexLook.kind(kind)).toString());
    }

    private SegmentIndexes opened(IndexLimits limits) {
        return new SegmentIndexes(
                limits, loaded(IndexFormat.ofOffsets(0)), loaded(IndexFormat.ofTimes(0)));
    }

    private SparseIndex loaded(IndexFormat format) {
        DiskFile file = RealDisk.open(index(format.kind()));
        IndexLoad.Sound sound =
                assertInstanceOf(IndexLoad.Sound.class, IndexFile.check(file, format));
        file.close();
        return sound.index();
    }

    private void play(long seed) throws IOException {
        Random random = new Random(seed);
        long base = random.nextBoolean() ? 0 : random.nextLong(1L << 50);
        Path place = Files.createDirectory(directory.resolve("" + seed));
        IndexLimits limits = new IndexLimits(random.nextInt(600), 1_200 + random.nextInt(3_000));
        LogSegment kafka =
                LogSegment.open(place.toFile(), base, config(limits), Time.SYSTEM, 0, false);
        Pair pair = new Pair(place, base, limits, kafka);
        long offset = base;
        for (int batch = random.nextInt(800); batch > 0 && !pair.ours.isFull(); batch--) {
            int records = 1 + random.nextInt(5);
            pair.append(random, offset, records);
            offset += records + random.nextInt(2);
            if (random.nextInt(50) == 0) {
                pair.ours.sleep();
            }
        }
        pair.close();
    }

    private static LogConfig config(IndexLimits limits) {
        Properties properties = new Properties();
        properties.setProperty("index.interval.bytes", "" + limits.intervalBytes());
        properties.setProperty("segment.index.bytes", "" + limits.indexBytesMax());
        return new LogConfig(properties);
    }

    private static final class Pair {
        private final Path place;
        private final long base;
        private final SegmentIndexes ours;
        private final LogSegment kafka;
        private final DiskFile offsetFile;
        private final DiskFile timeFile;

        Pair(Path place, long base, IndexLimits limits, LogSegment kafka) {
            this.place = place;
            this.base = base;
            this.ours = SegmentIndexes.empty(limits, base);
            this.kafka = kafka;
            this.offsetFile = RealDisk.open(place.resolve("offsets"));
            this.timeFile = RealDisk.open(place.resolve("times"));
        }

        void append(Random random, long offset, int count) throws IOException {
            SimpleRecord[] records = new SimpleRecord[count];
            for (int record = 0; record < count; record++) {
                long timestamp = random.nextInt(5) == 0 ? -1 : offset - base + random.nextInt(50);
                records[record] = new SimpleRecord(timestamp, new byte[random.nextInt(100)]);
            }
            MemoryRecords batch = MemoryRecords.withRecords(offset, Compression.NONE, records);
            int position = kafka.size();
            kafka.append(offset + count - 1, batch);
            long maxTimestamp = batch.batches().iterator().next().maxTimestamp();
            assertTrue(ours.add(position, batch.sizeInBytes(), offset + count - 1, maxTimestamp));
            ours.due().forEach(this::write);
            same();
        }

        private void same() throws IOException {
            assertEquals(kafka.offsetIndex().entries(), ours.offsets().entries());
            assertEquals(kafka.timeIndex().entries(), ours.times().entries());
            assertEquals(kafka.maxTimestampSoFar(), ours.maxTimestamp());
            RollParams none = new RollParams(Long.MAX_VALUE, Integer.MAX_VALUE, -1, base, 0, 0);
            assertEquals(kafka.shouldRoll(none), ours.isFull());
        }

        private void write(TailWrite write) {
            assertNull(write.to(write.kind() == Kind.OFFSET ? offsetFile : timeFile).fault());
            ours.wrote(write);
        }

        void close() throws IOException {
            kafka.close();
            ours.seal();
            ours.dirty().forEach(this::write);
            offsetFile.close();
            timeFile.close();
            compare(LogFileUtils.offsetIndexFile(place.toFile(), base).toPath(), "offsets");
            compare(LogFileUtils.timeIndexFile(place.toFile(), base).toPath(), "times");
        }

        private void compare(Path theirs, String ours) throws IOException {
            assertArrayEquals(
                    Files.readAllBytes(theirs), Files.readAllBytes(place.resolve(ours)), ours);
        }
    }
}
