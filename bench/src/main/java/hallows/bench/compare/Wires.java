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
import java.util.function.ObjIntConsumer;

/// Connections that one thread polls without ever sleeping, as it has a processor of its own.
final class Wires implements AutoCloseable {
    private final List<Wire> wires = new ArrayList<>();
    private final Selector selector;
    private final ObjIntConsumer<ByteBuffer> receiver;

    /// @param receiver is told of each reply, and of the number of its connection
    Wires(InetSocketAddress broker, int count, ObjIntConsumer<ByteBuffer> receiver) {
        this.receiver = receiver;
        try {
            selector = Selector.open();
            for (int number = 0; number < count; number++) {
                Wire wire = new Wire(broker);
                wires.add(wire);
                wire.channel().register(selector, SelectionKey.OP_READ, number);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int count() {
        return wires.size();
    }

    /// Sends on one of them, with the next look.
    void send(int number, ByteBuffer frame) {
        wires.get(number).send(frame);
    }

    /// Sends and receives as long as something holds.
    void run(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            wires.forEach(Wire::push);
            if (wires.size() == 1) {
                poll(0);
            } else {
                select();
            }
        }
    }

    private void select() {
        try {
            selector.selectNow(key -> poll((Integer) Objects.requireNonNull(key.attachment())));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void poll(int number) {
        wires.get(number).poll(frame -> receiver.accept(frame, number));
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
