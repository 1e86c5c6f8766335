package hallows.bench.floor;

import hallows.bench.compare.Cores;
import hallows.bench.compare.Figure;
import hallows.bench.compare.Meter;
import hallows.bench.compare.Outcome;
import hallows.bench.compare.Room;
import hallows.bench.compare.Running;
import java.util.List;

/// What a program of its own answers, on the processor of a broker.
///
/// @param service what it does
/// @param manner how it is asked
/// @param figures what is looked at
record Asked(String name, String words, Service service, Manner manner, List<Figure> figures)
        implements Line {
    @Override
    public List<String> figureNames() {
        return figures.stream().map(Figure::name).toList();
    }

    @Override
    public List<double[]> measure(FloorOptions options) {
        try (Room room = new Room(options.directory());
                Running child =
                        new Running(
                                Child.plan(name, room.path("file"), options.seconds()),
                                Cores.BROKER);
                Asker asker = new Asker(child.address(), service.requestBytes(), manner)) {
            asker.warm(WARM_UP_SECONDS);
            // What this program has left is not collected in the midst of it.
            System.gc();
            return asker.measure(options.seconds(), () -> Meter.cpuSeconds(child.pid())).stream()
                    .map(this::values)
                    .toList();
        }
    }

    private double[] values(Outcome lap) {
        return figures.stream().mapToDouble(figure -> figure.value().applyAsDouble(lap)).toArray();
    }
}
