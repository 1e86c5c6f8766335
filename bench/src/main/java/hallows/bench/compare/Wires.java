package hallows.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/// Connections that one thread polls without ever sleeping, as it has a processor of its own, and
/// without garbage: a collection would be in the latencies of whoever is measured.
public final class Wires implements AutoCloseable {
    private static final int LAPS_BETWEEN_LOOKS = 1 << 16;

    private final List<Wire> wires = new ArrayList<>();
    private final Selector selector;
    // Once: a reference to a method that is made for each look is garbage.
    private final Consumer<SelectionKey> ready = this::poll;
    private long heard;

    /// Connects so many.
    ///
    /// @param receiver is told of each reply, and of the number of its connection
    public Wires(InetSocketAddress broker, int count, ObjIntConsumer<ByteBuffer> receiver) {
        try {
            selector = Selector.open();
            for (int number = 0; number < count; number++) {
                int itsNumber = number;
                Wire wire = new Wire(broker, frame -> take(receiver, frame, itsNumber));
                wires.add(wire);
                wire.channel().register(selector, SelectionKey.OP_READ, wire);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Sends on one of them, with the next look.
    public void send(int number, ByteBuffer frame) {
        wires.get(number).send(frame);
    }

    private void take(ObjIntConsumer<ByteBuffer> receiver, ByteBuffer frame, int number) {
        heard++;
        receiver.accept(frame, number);
    }

    /// Sends and receives as long as something holds.
    ///
    /// @throws IllegalStateException when nothing comes for too long
    public void run(BooleanSupplier goesOn) {
        Silence silence = new Silence(System.nanoTime(), heard);
        for (int lap = 1; goesOn.getAsBoolean(); lap++) {
            if (lap % LAPS_BETWEEN_LOOKS == 0) {
                silence.check(System.nanoTime(), heard);
            }
            wires.forEach(Wire::push);
            if (wires.size() == 1) {
                wires.getFirst().poll();
            } else {
                select();
            }
        }
    }

    private void select() {
        try {
            selector.selectNow(ready);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void poll(SelectionKey key) {
        ((Wire) Objects.requireNonNull(key.attachment())).poll();
    }

    @Override
    public void close() {
        wires.forEach(Wire::close);
        try {
            selector.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
