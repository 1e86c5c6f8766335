package hallows.log;

import hallows.log.kafka.Codecs;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// A log on a simulated disk, and what it told.
final class SimulatedLog implements LogObserver {
    static final Path PLACE = SimFiles.DATA.resolve("t-0");
    static final int VALUE_BYTES = 400;

    final SimFiles files;
    final LentRegions regions = new LentRegions();
    final List<String> told = new ArrayList<>();
    final Log log;
    private final HandTime time = new HandTime();

    /// With segments of 2,000 bytes, which is four batches.
    SimulatedLog(Durability durability) {
        this(durability, new SimFiles(1));
    }

    SimulatedLog(Durability durability, SimFiles files) {
        this(durability, files, new Intake(new Codecs()));
    }

    SimulatedLog(Durability durability, SimFiles files, Intake intake) {
        this.files = files;
        log =
                Log.create(
                                new Log.Surroundings(
                                        files.disk(),
                                        PLACE,
                                        time,
                                        intake,
                                        new RecentFiles(files.disk(), 8)),
                                options(durability),
                                this)
                        .orThrow();
    }

    static LogOptions options(Durability durability) {
        return options(durability, new IndexLimits(100, 1 << 20));
    }

    static LogOptions options(Durability durability, IndexLimits indexes) {
        return new LogOptions(
                2_000,
                Long.MAX_VALUE,
                0,
                1 << 20,
                Packing.PRODUCERS,
                durability,
                Validation.STRICT,
                RecordRules.NONE,
                indexes,
                new ProducerLimits(86_400_000, false));
    }

    /// A batch of one record of producer 7.
    ByteBuffer batch(int sequence) {
        return MemoryRecords.withIdempotentRecords(
                        Compression.NONE,
                        7,
                        (short) 0,
                        sequence,
                        new SimpleRecord(time.millis, new byte[VALUE_BYTES]))
                .buffer();
    }

    Outcome stage(int sequence) {
        return log.stage(regions.of(batch(sequence)), Appender.CLIENT, 0);
    }

    /// A batch of a transaction of producer 9.
    Outcome transaction(int sequence) {
        ByteBuffer batch =
                MemoryRecords.withTransactionalRecords(
                                Compression.NONE,
                                9,
                                (short) 0,
                                sequence,
                                new SimpleRecord(time.millis, new byte[10]))
                        .buffer();
        return log.stage(regions.of(batch), Appender.CLIENT, 0);
    }

    /// Its end.
    Outcome abort() {
        EndTransactionMarker marker = new EndTransactionMarker(ControlRecordType.ABORT, 0);
        ByteBuffer batch =
                MemoryRecords.withEndTransactionMarker(0, time.millis, 0, 9, (short) 0, marker)
                        .buffer();
        return log.stage(regions.of(batch), Appender.marker(1), 0);
    }

    /// Runs what the log asks for until it asks for nothing.
    void commit() {
        for (Chore chore = log.commit(); chore != null; chore = log.commit()) {
            log.done(chore, chore.run());
        }
    }

    /// Runs an upkeep that was begun, and tells the log.
    void keepUp(Upkeep upkeep) {
        log.keptUp(upkeep, run(upkeep));
    }

    static Result<Result.Done> run(Upkeep upkeep) {
        Result<Result.Done> done = upkeep.writing().run();
        for (DiskFile file : upkeep.files()) {
            if (done instanceof Result.Ok<Result.Done>) {
                done = file.flush();
            }
        }
        return done;
    }

    long fileBytes(long base, LogFileName.Kind kind) {
        Path path = PLACE.resolve(new LogFileName(base, kind).toString());
        return files.disk().open(path, Disk.OpenMode.READ).orThrow().size().orThrow();
    }

    @Override
    public void written(long end) {
        told.add("written " + end);
    }

    @Override
    public void durable(long end) {
        told.add("durable " + end);
    }

    @Override
    public void rolledBack(long from, Fault fault) {
        told.add("rolled back " + from + " " + fault.kind());
    }

    @Override
    public void truncated(long end) {
        told.add("truncated " + end);
    }

    @Override
    public void failed(long from, Fault fault) {
        told.add("failed " + from);
    }
}
