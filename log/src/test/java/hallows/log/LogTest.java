package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.log.kafka.Codecs;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.simulation.DiskCall;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/// What a log does when its disk does not do what it is asked to.
class LogTest implements LogObserver {
    private static final Path PLACE = SimFiles.DATA.resolve("t-0");
    private static final int VALUE_BYTES = 400;
    private static final long PLENTY = 1 << 20;

    private final SimFiles files = new SimFiles(1);
    private final LentRegions regions = new LentRegions();
    private final HandTime time = new HandTime();
    private final List<String> told = new ArrayList<>();
    private final Log log =
            Log.create(
                            new Log.Surroundings(
                                    files.disk(), PLACE, time, new Intake(new Codecs())),
                            options(2_000),
                            this)
                    .orThrow();

    private static LogOptions options(int segmentBytes) {
        return new LogOptions(
                segmentBytes,
                Long.MAX_VALUE,
                1 << 20,
                Durability.FSYNC,
                Validation.STRICT,
                RecordRules.NONE,
                new IndexLimits(100, 1 << 20),
                ProducerLimits.USUAL);
    }

    private Outcome stage(int sequence) {
        ByteBuffer batch =
                MemoryRecords.withIdempotentRecords(
                                Compression.NONE,
                                7,
                                (short) 0,
                                sequence,
                                new SimpleRecord(time.millis, new byte[VALUE_BYTES]))
                        .buffer();
        return log.stage(regions.of(batch), Appender.CLIENT, 0);
    }

    /// Runs what the log asks for until it asks for nothing.
    private void commit() {
        for (Chore chore = log.commit(); chore != null; chore = log.commit()) {
            log.done(chore, chore.run());
        }
    }

    private long fileBytes(long base) {
        Path path = PLACE.resolve(new LogFileName(base, LogFileName.Kind.RECORDS).toString());
        return files.disk().open(path, Disk.OpenMode.READ).orThrow().size().orThrow();
    }

    @Test
    void whatDoesNotFitIsTakenBackWholeAndComesAgainWhenThereIsRoom() {
        stage(0);
        commit();
        long bytes = fileBytes(0);
        files.disk().capacity(bytes + 700);
        assertEquals(new Outcome.Staged(1, 1, -1), stage(1));
        assertEquals(new Outcome.Staged(2, 2, -1), stage(2));
        commit();
        assertEquals(List.of("written 1", "rolled back 1 NO_SPACE"), told);
        assertEquals(bytes, fileBytes(0), "a batch that fitted is not in the log either");
        assertEquals(0, regions.lent());
        files.disk().capacity(PLENTY);
        assertEquals(new Outcome.Staged(1, 1, -1), stage(1), "its producer may bring it again");
        commit();
        assertEquals(2, log.writtenEnd());
    }

    @Test
    void nothingIsTakenInAfterAFailureThatCannotBeUndone() {
        stage(0);
        files.disk().failNext(DiskCall.WRITE);
        files.disk().failNext(DiskCall.TRUNCATE);
        commit();
        assertEquals(List.of("failed 0"), told);
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, stage(0));
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.error());
        assertEquals(0, regions.lent());
    }

    @Test
    void aSegmentThatCannotBeMadeIsMadeLater() {
        for (int sequence = 0; sequence < 3; sequence++) {
            stage(sequence);
        }
        commit();
        stage(3);
        stage(4);
        files.disk().failNext(DiskCall.OPEN);
        commit();
        assertEquals(4, log.writtenEnd());
        assertEquals("rolled back 4 IO_ERROR", told.getLast());
        assertEquals(new Outcome.Staged(4, 4, -1), stage(4));
        commit();
        assertEquals(5, log.writtenEnd());
        assertEquals(fileBytes(0) / 4, fileBytes(4));
    }

    @Test
    void aFullDiskIsCalledThatWhenASegmentIsMadeToo() {
        for (int sequence = 0; sequence < 4; sequence++) {
            stage(sequence);
        }
        commit();
        files.disk().capacity(fileBytes(0));
        stage(4);
        commit();
        assertEquals("rolled back 4 NO_SPACE", told.getLast());
        files.disk().capacity(PLENTY);
        assertEquals(new Outcome.Staged(4, 4, -1), stage(4));
        commit();
        assertEquals(5, log.writtenEnd());
    }

    @Test
    void whileSomethingIsDoneElsewhereBatchesAreStagedAndNotWritten() {
        for (int sequence = 0; sequence < 5; sequence++) {
            stage(sequence);
        }
        Chore roll = Objects.requireNonNull(log.commit());
        assertEquals(4, log.writtenEnd());
        assertNull(log.commit(), "one at a time");
        assertEquals(new Outcome.Staged(5, 5, -1), stage(5));
        assertEquals(4, log.writtenEnd());
        log.done(roll, roll.run());
        commit();
        assertEquals(6, log.writtenEnd());
        assertNotNull(log.producers().producer(7));
    }

    @Test
    void aRolledBackBatchLeavesNoEpochBehind() {
        files.disk().failNext(DiskCall.WRITE);
        stage(0);
        assertEquals(0, log.epochs().latestEpoch());
        commit();
        assertEquals(LeaderEpochs.UNDEFINED_EPOCH, log.epochs().latestEpoch());
    }

    @Override
    public void written(long end) {
        told.add("written " + end);
    }

    @Override
    public void rolledBack(long from, Fault fault) {
        told.add("rolled back " + from + " " + fault.kind());
    }

    @Override
    public void failed(long from, Fault fault) {
        told.add("failed " + from);
    }
}
