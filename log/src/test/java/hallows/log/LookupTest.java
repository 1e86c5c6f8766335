package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.LogFileName.Kind;
import hallows.model.BatchView;
import hallows.runtime.Buffers;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/// What readers are told when the disk does not do what it should: a fault, or to ask again; never
/// wrong bytes.
class LookupTest {
    private static final long END = 12;

    private final SimulatedLog made = new SimulatedLog(Durability.FSYNC);
    private final Log log = made.log;
    private final LentBuffers lent = new LentBuffers();

    /// Three segments of four batches; the older ones are durable, closed and asleep.
    LookupTest() {
        for (int sequence = 0; sequence < END; sequence++) {
            made.stage(sequence);
            made.commit();
        }
        made.keepUp(log.upkeep());
        log.agreedUpTo(END);
    }

    private static Path file(long base, Kind kind) {
        return SimulatedLog.PLACE.resolve(new LogFileName(base, kind).toString());
    }

    private Lookup lookup(long offset, int bytesMax, long bound) {
        Lookup.Question question = new Lookup.Question(offset, bytesMax, bound, true);
        return Objects.requireNonNull(log.lookup(question));
    }

    private Lookup.Answer.Bytes found(Lookup lookup) {
        return assertInstanceOf(Lookup.Answer.Bytes.class, lookup.run().orThrow());
    }

    private Fault fault(Lookup lookup) {
        return assertInstanceOf(Result.Failed.class, lookup.run()).fault();
    }

    private Reading reading(Lookup lookup) {
        return Reading.of(lookup, lent.home(), lent.buffers());
    }

    private Reading.Answer.Bytes brought(Lookup lookup) {
        return assertInstanceOf(Reading.Answer.Bytes.class, reading(lookup).run().orThrow());
    }

    private int batchBytes() {
        return (int) made.fileBytes(0, Kind.RECORDS) / 4;
    }

    @Test
    void whatLiesBelowTheStartOrAboveTheEndIsOutOfRange() {
        log.ends().startAt(5);
        assertNull(log.lookup(new Lookup.Question(4, 100, END, true)));
        assertNull(log.lookup(new Lookup.Question(END + 1, 100, END, true)));
        assertEquals(5, found(lookup(5, 100, END)).baseOffset());
        assertEquals(new Lookup.Answer.Nothing(), lookup(END, 100, END).run().orThrow());
    }

    @Test
    void aFileThatWasRemovedMeanwhileIsAskedForAgain() {
        Lookup lookup = lookup(1, 100, END);
        TimeLookup time = log.timeLookup(0);
        made.files.disk().delete(file(0, Kind.RECORDS)).orThrow();
        assertEquals(new Lookup.Answer.Gone(), lookup.run().orThrow());
        assertEquals(new TimeLookup.Gone(), time.run().orThrow());
        assertEquals(
                new Reading.Answer.Empty(new Lookup.Answer.Gone()),
                reading(lookup).run().orThrow());
        assertEquals(0, lent.buffers().liveRegions());
    }

    @Test
    void aReadThatFailsIsAFault() {
        for (DiskCall call : List.of(DiskCall.OPEN, DiskCall.READ)) {
            // Once for the index, which only costs a longer way, and for the records.
            made.files.disk().failNext(call);
            made.files.disk().failNext(call);
            made.files.disk().failNext(call);
            assertEquals(Fault.Kind.IO_ERROR, fault(lookup(2, 100, END)).kind());
            made.files.disk().heal();
            assertEquals(2, found(lookup(2, 100, END)).baseOffset());
        }
    }

    @Test
    void anIndexThatLiesOrIsGoneCostsALongerWayAndNothingElse() {
        Lookup.Answer expected = lookup(3, 100, END).run().orThrow();
        DiskFile index =
                made.files
                        .disk()
                        .open(file(0, Kind.OFFSET_INDEX), Disk.OpenMode.READ_WRITE)
                        .orThrow();
        for (int bit = 0; bit < 3 * 8 * Byte.SIZE; bit++) {
            ByteBuffer old = ByteBuffer.allocate(1);
            index.read(bit / 8, old).orThrow();
            byte flipped = (byte) (old.get(0) ^ (1 << (bit % 8)));
            index.write(bit / 8, List.of(ByteBuffer.wrap(new byte[] {flipped})));
            assertEquals(expected, lookup(3, 100, END).run().orThrow(), "bit " + bit);
            index.write(bit / 8, List.of(old.rewind()));
        }
        made.files.disk().delete(file(0, Kind.OFFSET_INDEX)).orThrow();
        assertEquals(expected, lookup(3, 100, END).run().orThrow());
    }

    @Test
    void noBitThatIsTurnedIsServedFromMemory() {
        int from = batchBytes();
        ByteBuffer sound = ByteBuffer.allocate(batchBytes());
        made.files
                .disk()
                .open(file(0, Kind.RECORDS), Disk.OpenMode.READ)
                .orThrow()
                .read(from, sound)
                .orThrow();
        sound.flip();
        for (int at = 0; at < batchBytes(); at++) {
            made.files.disk().flipReads(file(0, Kind.RECORDS), from + at, from + at + 1);
            Result<Reading.Answer> answer = reading(lookup(1, batchBytes(), END)).run();
            if (answer instanceof Result.Ok<Reading.Answer>(var ok)) {
                assertIsServed(ok, sound, at);
            }
            made.files.disk().heal();
        }
        assertEquals(0, lent.buffers().liveRegions());
    }

    /// Only where no check is possible: the leader's epoch lies outside of the checksum, and so
    /// does the offset, if it still lies between those beside it.
    private void assertIsServed(Reading.Answer answer, ByteBuffer sound, int at) {
        Reading.Answer.Bytes bytes = assertInstanceOf(Reading.Answer.Bytes.class, answer);
        MemoryRegion copy = assertInstanceOf(MemoryRegion.class, bytes.region());
        boolean unchecked = at < BatchView.MAGIC_END_BYTES;
        assertTrue(unchecked || copy.buffer().equals(sound), "byte " + at);
        assertTrue(bytes.found().baseOffset() >= 1 && bytes.found().baseOffset() < 4);
        copy.release();
    }

    @Test
    void fewBytesAreCopiedAndManyGoByTheFileUntilTheyAreReleased() {
        Region few = brought(lookup(1, batchBytes(), END)).region();
        assertEquals(batchBytes(), few.length());
        few.release();
        assertEquals(0, lent.buffers().liveRegions());

        List<MemoryRegion> all = exhausted(lent.buffers());
        FileRegion many =
                assertInstanceOf(FileRegion.class, brought(lookup(1, 1 << 20, END)).region());
        assertEquals(3L * batchBytes(), many.length());
        made.files.disk().delete(file(0, Kind.RECORDS)).orThrow();
        ByteBuffer bytes = ByteBuffer.allocate((int) many.length());
        many.file().read(many.position(), bytes).orThrow();
        assertFalse(bytes.hasRemaining(), "what is underway stays readable");
        many.release();
        log.close();
        assertEquals(
                Fault.Kind.CLOSED,
                assertInstanceOf(Result.Failed.class, many.file().read(0, bytes.clear()))
                        .fault()
                        .kind());
        all.forEach(MemoryRegion::release);
    }

    private static List<MemoryRegion> exhausted(Buffers buffers) {
        List<MemoryRegion> all = new ArrayList<>();
        for (MemoryRegion region = buffers.allocate(1);
                region != null;
                region = buffers.allocate(1)) {
            all.add(region);
        }
        return all;
    }

    @Test
    void anAbortedTransactionIsKnownBeforeItsFileKnowsIt() {
        stage(
                MemoryRecords.withTransactionalRecords(
                        END, Compression.NONE, 9, (short) 0, 0, 0, new SimpleRecord(new byte[10])),
                Appender.REPLICATION);
        stage(
                MemoryRecords.withEndTransactionMarker(
                        END + 1,
                        0,
                        0,
                        9,
                        (short) 0,
                        new EndTransactionMarker(ControlRecordType.ABORT, 0)),
                Appender.REPLICATION);
        Chore note = assertInstanceOf(NoteAborted.class, untilNoted());
        made.keepUp(log.upkeep());
        log.agreedUpTo(log.ends().written());
        assertEquals(List.of(END), aborted());
        log.done(note, note.run());
        assertEquals(List.of(END), aborted());
    }

    private void stage(MemoryRecords records, Appender appender) {
        log.stage(made.regions.of(records.buffer()), appender, 0);
    }

    private Chore untilNoted() {
        Chore chore = Objects.requireNonNull(log.commit());
        while (!(chore instanceof NoteAborted)) {
            log.done(chore, chore.run());
            chore = Objects.requireNonNull(log.commit());
        }
        return chore;
    }

    private List<Long> aborted() {
        Lookup.Question question =
                new Lookup.Question(END, 1 << 20, Long.MAX_VALUE, true, Isolation.COMMITTED);
        return found(Objects.requireNonNull(log.lookup(question))).aborted().stream()
                .map(AbortedTransaction::firstOffset)
                .toList();
    }

    @Test
    void aTimestampIsNotReadFromABatchThatIsNotSound() {
        TimeLookup.Answer expected = log.timeLookup(0).run().orThrow();
        assertEquals(0, assertInstanceOf(TimeLookup.At.class, expected).offset());
        for (int at = 0; at < batchBytes(); at++) {
            made.files.disk().flipReads(file(0, Kind.RECORDS), at, at + 1);
            if (log.timeLookup(0).run() instanceof Result.Ok<TimeLookup.Answer>(var answer)) {
                assertTrue(
                        answer.equals(expected) || at < BatchView.MAGIC_END_BYTES || at == 35,
                        "byte " + at);
            }
            made.files.disk().heal();
        }
    }

    @Test
    void aRecordBelowTheStartHidesNoneAboveIt() {
        for (long timestamp : new long[] {10, 9, 8, 7, 20, 19}) {
            stage(
                    MemoryRecords.withRecords(
                            Compression.NONE,
                            new SimpleRecord(timestamp, new byte[SimulatedLog.VALUE_BYTES])),
                    Appender.CLIENT);
        }
        made.commit();
        made.keepUp(log.upkeep());
        log.agreedUpTo(END + 6);
        log.ends().startAt(END + 2);
        assertEquals(END + 2, at(8));
        assertEquals(END + 4, at(9));
        assertEquals(new TimeLookup.None(), log.timeLookup(Long.MAX_VALUE).run().orThrow());
    }

    @Test
    void theFirstOfTheYoungestRecordsIsTheYoungest() {
        assertEquals(0, at(TimeLookup.MAX_TIMESTAMP));
    }

    private long at(long timestamp) {
        return assertInstanceOf(TimeLookup.At.class, log.timeLookup(timestamp).run().orThrow())
                .offset();
    }
}
