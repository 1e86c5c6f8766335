package hallows.bench.floor;

import hallows.bench.compare.Figure;
import hallows.bench.compare.Outcome;
import hallows.bench.floor.Service.Echo.Kept;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// All that is asked.
final class Lines {
    private static final Figure P50 = Figure.latency(0.5);
    private static final Figure P99 = Figure.latency(0.99);
    private static final Figure P999 = Figure.latency(0.999);
    private static final Figure RATE = figure("MB/s", Outcome::megabytesPerSecond);
    private static final Figure PER_GIGABYTE = figure("CPU s/GB", Outcome::cpuSecondsPerGigabyte);
    private static final Figure PER_ANSWER = figure("CPU us/answer", Outcome::cpuMicrosPerRequest);

    private static final Manner ONE = Manner.Crowded.one();
    private static final Manner FLOOD = Manner.Crowded.toDisk(4, 16);

    private static final String THERE_AND_BACK = "170 B there and back over loopback, ";
    private static final String APPENDED = "once they are in a file, ";
    private static final String FLUSHED = "once they are appended and flushed, ";
    private static final String NEVER_SLEEPS = "by who never sleeps, ";
    private static final String TO_FILE =
            "64 KB blocks to files, 4 connections, 16 in flight, 20 B back for each";
    private static final String FROM_FILE =
            " of a file in memory (sendfile) behind 40 B, asked for with 60 B, 1 in flight";

    private Lines() {}

    static List<Line> all() {
        return List.of(
                paced("echo-1k", 1_000),
                paced("echo-20k", 20_000),
                echo("echo-closed", "", new Service.Echo(Kept.NOWHERE, false)),
                echo("echo-spinning", NEVER_SLEEPS, new Service.Echo(Kept.NOWHERE, true)),
                echo(
                        "append-echo-spinning",
                        APPENDED + NEVER_SLEEPS,
                        new Service.Echo(Kept.IN_A_FILE, true)),
                new Appends(),
                echo("append-fsync-echo", FLUSHED, new Service.Echo(Kept.ON_DISK, false)),
                new Stalls(),
                new Asked(
                        "to-file",
                        TO_FILE,
                        new Service.ToFile(false),
                        FLOOD,
                        List.of(RATE, PER_GIGABYTE)),
                new Asked(
                        "to-file-checked",
                        TO_FILE + ", CRC-32C of each",
                        new Service.ToFile(true),
                        FLOOD,
                        List.of(RATE, PER_GIGABYTE)),
                fromFile("from-file-1m", "1 MiB", 1 << 20),
                fromFile("from-file-64k", "64 KiB", 1 << 16));
    }

    private static Line paced(String name, int perSecond) {
        return new Asked(
                name,
                THERE_AND_BACK + "%,d a second, each from the time it was due".formatted(perSecond),
                new Service.Echo(Kept.NOWHERE, false),
                new Manner.InTime(perSecond),
                List.of(P50, P99, P999));
    }

    private static Line echo(String name, String how, Service.Echo echo) {
        return new Asked(name, THERE_AND_BACK + how + "1 in flight", echo, ONE, List.of(P50, P999));
    }

    private static Line fromFile(String name, String size, int bytes) {
        return new Asked(
                name,
                size + FROM_FILE,
                new Service.FromFile(bytes),
                ONE,
                List.of(PER_GIGABYTE, PER_ANSWER));
    }

    private static Figure figure(String name, ToDoubleFunction<Outcome> value) {
        return new Figure(name, value, Figure.Limit.NONE);
    }
}
