package hallows.bench.floor;

import hallows.bench.compare.Cost;
import hallows.bench.compare.Outcome;
import hallows.bench.compare.Tally;
import hallows.bench.compare.Wires;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/// Sends requests that are ready beforehand, and counts what comes back.
final class Asker implements AutoCloseable {
    private static final double SETTLING_SECONDS = 0.3;

    private final Manner manner;
    private final int requestBytes;
    private final ByteBuffer request;
    private final ByteBuffer anew;
    private final List<ArrayDeque<Long>> underwayNanos;
    private final Wires wires;
    private Tally tally = new Tally();
    private long sent;
    private long answered;
    private long bytes;

    /// @param requestBytes of each, with the number that says how many follow
    Asker(InetSocketAddress child, int requestBytes, Manner manner) {
        this.manner = manner;
        this.requestBytes = requestBytes;
        request = frame(requestBytes, 0);
        anew = frame(requestBytes, Service.ANEW);
        underwayNanos =
                IntStream.range(0, manner.connections())
                        .mapToObj(_ -> new ArrayDeque<Long>())
                        .toList();
        wires = new Wires(child, manner.connections(), this::received);
    }

    private static ByteBuffer frame(int bytes, int word) {
        return ByteBuffer.allocateDirect(bytes)
                .putInt(0, bytes - Integer.BYTES)
                .putInt(Integer.BYTES, word);
    }

    /// Has everything compiled, and settles.
    void warm(double seconds) {
        long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < untilNanos) {
            Outcome _ = lap(manner.hurried(), (untilNanos - System.nanoTime()) / 1e9, () -> 0);
        }
        Outcome _ = lap(manner, SETTLING_SECONDS, () -> 0);
    }

    /// One outcome for each lap.
    ///
    /// @param cpuSeconds which the one who answers has spent
    List<Outcome> measure(double seconds, DoubleSupplier cpuSeconds) {
        List<Outcome> laps = new ArrayList<>();
        while (laps.size() < Line.LAPS) {
            laps.add(lap(manner, seconds, cpuSeconds));
        }
        return laps;
    }

    private Outcome lap(Manner how, double seconds, DoubleSupplier cpuSeconds) {
        tally = new Tally();
        sent = 0;
        answered = 0;
        bytes = 0;
        double before = cpuSeconds.getAsDouble();
        tally.begin(System.nanoTime());
        switch (how) {
            case Manner.InTime(int perSecond) -> inTime(perSecond, seconds);
            case Manner.Crowded crowded -> crowded(crowded, seconds);
        }
        long endNanos = System.nanoTime();
        Outcome outcome = tally.end(endNanos, Cost.ofCpu(cpuSeconds.getAsDouble() - before));
        beginAnew();
        return outcome;
    }

    private void inTime(int perSecond, double seconds) {
        long count = (long) (seconds * perSecond);
        double gapNanos = 1e9 / perSecond;
        long firstNanos = System.nanoTime();
        wires.run(() -> {
            long now = System.nanoTime();
            while (sent < count && firstNanos + (long) (sent * gapNanos) <= now) {
                send(0, request, firstNanos + (long) (sent * gapNanos));
            }
            return answered < count;
        });
    }

    private void crowded(Manner.Crowded crowd, double seconds) {
        long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
        wires.run(() -> {
            long now = System.nanoTime();
            boolean goesOn = now < untilNanos && bytes < crowd.bytesMax();
            for (int wire = 0; goesOn && wire < crowd.connections(); wire++) {
                while (underwayNanos.get(wire).size() < crowd.inFlight()) {
                    send(wire, request, now);
                }
            }
            return goesOn || answered < sent;
        });
    }

    /// Nothing of it counts.
    private void beginAnew() {
        for (int wire = 0; wire < manner.connections(); wire++) {
            send(wire, anew, System.nanoTime());
        }
        wires.run(() -> answered < sent);
    }

    private void send(int wire, ByteBuffer frame, long dueNanos) {
        underwayNanos.get(wire).addLast(dueNanos);
        wires.send(wire, frame);
        sent++;
    }

    private void received(ByteBuffer answer, int wire) {
        long now = System.nanoTime();
        // Whichever way the bulk goes.
        int moved = Math.max(requestBytes, answer.remaining());
        tally.came(now, now - underwayNanos.get(wire).removeFirst());
        tally.answered(now, 1, moved);
        bytes += moved;
        answered++;
    }

    @Override
    public void close() {
        wires.close();
    }
}
