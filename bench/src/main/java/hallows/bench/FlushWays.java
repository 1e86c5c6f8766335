package hallows.bench;

import hallows.log.FlushWay;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The ways to flush beside each other, each in turn, with 1 KiB in each file before.
final class FlushWays implements AutoCloseable {
    private static final int THREADS = 8;

    private final List<DiskFile> files;
    private final @Nullable DiskSync whole;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(FlushLoad.APPEND_BYTES);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private long end;

    FlushWays(List<DiskFile> files, @Nullable DiskSync whole) {
        this.files = files;
        this.whole = whole;
    }

    /// The microseconds of each way.
    Map<FlushWay, Series> run(int turns) throws InterruptedException, ExecutionException {
        Map<FlushWay, Series> micros = new EnumMap<>(FlushWay.class);
        for (int i = 0; i < turns; i++) {
            for (FlushWay way : FlushWay.values()) {
                write();
                long began = System.nanoTime();
                if (flush(way)) {
                    double taken = (System.nanoTime() - began) / 1e3;
                    micros.computeIfAbsent(way, _ -> new Series()).add(taken);
                }
            }
        }
        return micros;
    }

    private void write() {
        for (DiskFile file : files) {
            if (file.write(end, List.of(bytes.duplicate())).fault() != null) {
                throw new IllegalStateException("cannot write " + file.path());
            }
        }
        end += FlushLoad.APPEND_BYTES;
    }

    /// Whether there is such a way here.
    private boolean flush(FlushWay way) throws InterruptedException, ExecutionException {
        switch (way) {
            case ONE_BY_ONE -> files.forEach(file -> file.flush().orThrow());
            case SIDE_BY_SIDE -> flushSideBySide();
            case WHOLE -> {
                if (whole == null) {
                    return false;
                }
                whole.flush().orThrow();
            }
        }
        return true;
    }

    private void flushSideBySide() throws InterruptedException, ExecutionException {
        List<Callable<Object>> jobs = new ArrayList<>();
        files.forEach(file -> jobs.add(() -> file.flush().orThrow()));
        for (Future<Object> job : threads.invokeAll(jobs)) {
            job.get();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
