package hallows.bench;

import hallows.log.Durability;
import hallows.log.IndexLimits;
import hallows.log.Intake;
import hallows.log.Log;
import hallows.log.LogObserver;
import hallows.log.LogOptions;
import hallows.log.Packing;
import hallows.log.ProducerLimits;
import hallows.log.RecentFiles;
import hallows.log.Validation;
import hallows.log.kafka.Codecs;
import hallows.model.RecordRules;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.nio.file.Path;

/// Our log as Kafka's defaults configure it, on the host's disk.
final class OurLog {
    static final OsWorld WORLD = new OsWorld(OsOptions.standard());

    static final Intake INTAKE = new Intake(new Codecs());

    /// As many as a server may spare for them.
    static final RecentFiles RECENT = new RecentFiles(WORLD.disk(), 1_024);

    static final int SEGMENT_BYTES = 1 << 30;

    private static final long HOUR_MILLIS = 3_600_000;
    static final LogOptions OPTIONS = options(SEGMENT_BYTES);

    private OurLog() {}

    /// The same with other segments.
    static LogOptions options(int segmentBytes) {
        return new LogOptions(
                segmentBytes,
                168 * HOUR_MILLIS,
                0,
                (1 << 20) + 12,
                Packing.PRODUCERS,
                Durability.PAGE_CACHE,
                Validation.STRICT,
                new RecordRules(false, false, Long.MAX_VALUE, HOUR_MILLIS),
                new IndexLimits(4096, 10 << 20),
                ProducerLimits.USUAL);
    }

    /// One whose records count when they are durable.
    static Log durable(Path directory, LogObserver observer) {
        return create(directory, OPTIONS.with(Durability.FSYNC), observer);
    }

    static Log create(Path directory, LogOptions options, LogObserver observer) {
        return Log.create(
                        new Log.Surroundings(
                                WORLD.disk(), directory, WORLD.clock(), INTAKE, RECENT),
                        options,
                        observer)
                .orThrow();
    }
}
