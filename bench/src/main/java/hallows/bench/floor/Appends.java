package hallows.bench.floor;

import hallows.bench.compare.Cores;
import hallows.bench.compare.Latencies;
import hallows.bench.compare.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What the disk takes for the smallest of flushes, one after the other.
record Appends() implements Line {
    private static final int BYTES = 170;

    @Override
    public String name() {
        return "append-fsync";
    }

    @Override
    public String words() {
        return "170 B appended to a file and flushed (fdatasync), again and again";
    }

    @Override
    public List<String> figureNames() {
        return List.of("p50, us", "p99.9, us");
    }

    @Override
    public List<double[]> measure(FloorOptions options) {
        try (Room room = new Room(options.directory())) {
            Path path = room.path("file");
            return Held.on(() -> laps(path, options.seconds()), Cores.BROKER).getFirst();
        }
    }

    private static List<double[]> laps(Path path, double seconds) throws IOException {
        List<double[]> laps = new ArrayList<>();
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Latencies _ = append(file, WARM_UP_SECONDS);
            while (laps.size() < LAPS) {
                Latencies each = append(file, seconds);
                laps.add(new double[] {each.micros(0.5), each.micros(0.999)});
            }
        }
        return laps;
    }

    private static Latencies append(FileChannel file, double seconds) throws IOException {
        Latencies latencies = new Latencies();
        ByteBuffer record = ByteBuffer.allocateDirect(BYTES);
        long nowNanos = System.nanoTime();
        long untilNanos = nowNanos + (long) (seconds * 1e9);
        while (nowNanos < untilNanos) {
            file.write(record.rewind());
            file.force(false);
            long doneNanos = System.nanoTime();
            latencies.record(doneNanos - nowNanos);
            nowNanos = doneNanos;
        }
        return latencies;
    }
}
