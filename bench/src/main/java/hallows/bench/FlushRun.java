package hallows.bench;

import hallows.log.DirectoryOpening;
import hallows.log.FlushRounds;
import hallows.log.FlushWay;
import hallows.log.HeldDirectory;
import hallows.runtime.Application;
import hallows.runtime.DelayHistogram;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// What closed-loop appenders got from flush rounds over so many logs.
///
/// @param acknowledged how many there were
/// @param acknowledgements how many a second
/// @param medianNanos half of them came within
/// @param p99Nanos 99 of 100 came within
/// @param roundNanos half of the rounds took no longer
/// @param rounds how many there were
/// @param ways how many of them went each way
record FlushRun(
        long acknowledged,
        double acknowledgements,
        double medianNanos,
        double p99Nanos,
        double roundNanos,
        long rounds,
        Map<FlushWay, Long> ways) {
    private static final int MEMORY_BYTES = 16 << 20;

    /// Acknowledgements for each round.
    double perRound() {
        return acknowledged / (double) rounds;
    }

    /// Lets them append to so many logs for so long, on a shard of its own.
    static FlushRun of(Path directory, int logs, int millis) throws InterruptedException {
        DelayHistogram delays = new DelayHistogram();
        AtomicReference<FlushRounds> rounds = new AtomicReference<>();
        OsWorld world = new OsWorld(OsOptions.standard());
        HeldDirectory held =
                DirectoryOpening.begin(world.disk(), directory, world.clock(), 1).orThrow().held();
        Application application =
                Application.named("flush")
                        .memory(MEMORY_BYTES)
                        .component(
                                "appenders",
                                seat -> {
                                    FlushLoad load =
                                            new FlushLoad(
                                                    seat, new FlushLoad.Plan(held, logs, delays));
                                    rounds.set(load.rounds());
                                    return load;
                                });
        Host host = Host.start(world, HostOptions.shards(1), List.of(application));
        long began = System.nanoTime();
        Thread.sleep(millis);
        double seconds = (System.nanoTime() - began) / 1e9;
        FlushRun run = told(delays, Objects.requireNonNull(rounds.get()), seconds);
        Hosts.end(host, world);
        held.close();
        return run;
    }

    private static FlushRun told(DelayHistogram delays, FlushRounds rounds, double seconds) {
        Map<FlushWay, Long> ways = new EnumMap<>(FlushWay.class);
        for (FlushWay way : FlushWay.values()) {
            ways.put(way, rounds.took(way).count());
        }
        long acknowledged = delays.count();
        return new FlushRun(
                acknowledged,
                acknowledged / seconds,
                delays.quantileNanos(0.5),
                delays.quantileNanos(0.99),
                rounds.took().quantileNanos(0.5),
                rounds.took().count(),
                ways);
    }
}
