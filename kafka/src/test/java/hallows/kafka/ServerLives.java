package hallows.kafka;

import hallows.cluster.ClusterImage;
import hallows.cluster.Configs;
import hallows.cluster.DirectoryId;
import hallows.runtime.Report;
import hallows.runtime.Result;
import hallows.simulation.Mishap;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One process of the server after the other, each with what the one before has left on the disk.
final class ServerLives {
    private static final int AGAIN_MILLIS = 20;
    private static final int SHARDS_MAX = 3;
    private static final Path ROOT = Path.of("/");

    /// After these a stop need not be in good order.
    private static final List<Mishap> DISK_FAILURES =
            List.of(
                    Mishap.CALL_FAILED,
                    Mishap.FLUSH_FAILED,
                    Mishap.NO_SPACE,
                    Mishap.READ_FAILED,
                    Mishap.WRITE_FAILED);

    private static final Map<String, String> TOPIC =
            Map.ofEntries(
                    Map.entry("cleanup.policy", "delete"),
                    Map.entry("segment.bytes", "6000"),
                    Map.entry("segment.ms", "604800000"),
                    Map.entry("segment.jitter.ms", "0"),
                    Map.entry("max.message.bytes", "1048588"),
                    Map.entry("max.compaction.lag.ms", "9223372036854775807"),
                    Map.entry("index.interval.bytes", "500"),
                    Map.entry("segment.index.bytes", "65536"),
                    Map.entry("compression.type", "producer"),
                    Map.entry("message.timestamp.type", "CreateTime"),
                    Map.entry("message.timestamp.before.max.ms", "9223372036854775807"),
                    Map.entry("message.timestamp.after.max.ms", "9223372036854775807"),
                    Map.entry("min.insync.replicas", "1"));

    private final Simulation simulation;
    private final Later later;
    private final SimNode machine;
    private final Consumer<Report> reports;
    private final Map<Path, DirectoryId> directories = new LinkedHashMap<>();
    private final ClusterImage image = image();
    private ServerLife life;
    private boolean serving;
    private int number;

    /// The first one begins.
    ServerLives(Simulation simulation, SimNode machine, Consumer<Report> reports) {
        this.simulation = simulation;
        this.later = new Later(simulation, simulation.dice("lives"));
        this.machine = machine;
        this.reports = reports;
        for (int each = later.dice().below(2); each >= 0; each--) {
            Path directory = ROOT.resolve("logs-" + each);
            directories.put(directory, new DirectoryId(5, 100 + each));
            while (machine.disk().createDirectories(directory) instanceof Result.Failed) {
                simulation.note("no directory yet", machine.name(), each);
            }
        }
        while (machine.disk().syncDirectory(ROOT) instanceof Result.Failed) {
            simulation.note("no directory yet", machine.name(), -1);
        }
        life = begun();
    }

    /// One topic that one broker leads, and all that must be known of it.
    private static ClusterImage image() {
        ClusterImage orchard =
                Images.of(List.of(Images.broker(1, Images.LISTENER)), List.of(Images.APPLES));
        return new ClusterImage(
                orchard.clusterId(),
                orchard.offset(),
                orchard.controller(),
                orchard.brokers(),
                orchard.topics(),
                Configs.NONE.withTopicDefaults(TOPIC),
                orchard.features());
    }

    /// Little of everything: requests wait for memory, and for each other. There is enough for one
    /// frame that grows and for the beginnings of all others, so that each gets its turn.
    private static FrontOptions options() {
        FrontOptions.Limits limits =
                new FrontOptions.Limits(16_000, 16_000, 1 << 16, 1 << 20, 4, 90_000);
        FrontOptions.Sessions sessions = new FrontOptions.Sessions(2, 1 << 16, 1_000);
        return new FrontOptions(Images.LISTENER, limits, sessions, true, new TreeMap<>(), Map.of());
    }

    /// The number of the process that serves, or is about to.
    int number() {
        return number;
    }

    boolean isServing() {
        return serving;
    }

    /// The next one, whatever the one before does.
    void next() {
        life = begun();
    }

    private ServerLife begun() {
        serving = false;
        number++;
        ServerLife next =
                new ServerLife(
                        machine.restart(),
                        new ServerLife.Setup(
                                1 + later.dice().below(SHARDS_MAX),
                                directories,
                                image,
                                options(),
                                reports));
        next.open();
        later.when(() -> next != life || next.hasOpened(), () -> opened(next));
        return next;
    }

    private void opened(ServerLife next) {
        if (next != life) {
            return;
        }
        if (next.hasFailed()) {
            later.within(AGAIN_MILLIS, () -> replace(next));
        } else {
            next.serve();
            serving = true;
        }
    }

    private void replace(ServerLife gone) {
        if (gone == life) {
            next();
        }
    }

    /// Starts it again when a disk has failed it.
    void lookAfter() {
        if (serving && life.hasFailed()) {
            next();
        }
    }

    /// The one that serves stops in good order.
    void stop(Runnable then) {
        ServerLife stopping = life;
        serving = false;
        long failures = failures();
        stopping.requestStop();
        later.when(
                stopping::hasEnded,
                () -> {
                    stopping.leave();
                    later.when(
                            stopping::hasLeft,
                            () -> {
                                boolean excused = stopping.hasFailed() || failures != failures();
                                if (!stopping.hasLeftWell() && !excused) {
                                    throw new AssertionError("no stop in order: " + stopping);
                                }
                                then.run();
                            });
                });
    }

    private long failures() {
        return DISK_FAILURES.stream().mapToLong(simulation::count).sum();
    }

    @Override
    public String toString() {
        return "life %d, %s: %s".formatted(number, serving ? "serving" : "not serving", life);
    }
}
