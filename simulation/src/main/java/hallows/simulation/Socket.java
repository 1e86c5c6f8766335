package hallows.simulation;

import hallows.runtime.Dice;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One end of a connection in its host, below the program: it goes on after the program has closed
/// it or was killed, until the peer has everything or is given up.
final class Socket {
    private final SimProcess process;
    private final Fabric fabric;
    private final Endpoint peerName;
    private final Sender sender;
    private final Receiver receiver;
    private Stage stage = Stage.OPEN;
    private @Nullable Socket peer;
    private @Nullable Owner owner;
    private @Nullable Fault broken;

    Socket(SimProcess process, Endpoint peerName, Sender.Shape shape) {
        this.process = process;
        this.fabric = process.simulation().fabric();
        this.peerName = peerName;
        this.sender = new Sender(this, shape);
        this.receiver = new Receiver(this, shape);
        process.network().add(this);
    }

    /// Whoever is told what happens on a socket.
    interface Owner {
        /// Bytes, room, or an end have come.
        void changed();
    }

    /// Connects both ends.
    void pair(Socket other) {
        peer = other;
        other.peer = this;
    }

    @Nullable Socket peer() {
        return peer;
    }

    void owner(Owner newOwner) {
        owner = newOwner;
        newOwner.changed();
    }

    Endpoint peerName() {
        return peerName;
    }

    Simulation simulation() {
        return process.simulation();
    }

    SimNode node() {
        return process.node();
    }

    String name() {
        return process.node().name();
    }

    boolean dead() {
        return stage == Stage.DEAD;
    }

    /// Whether the program has left it.
    boolean orphan() {
        return stage == Stage.ORPHAN;
    }

    /// How it broke, or null.
    @Nullable Fault broken() {
        return broken;
    }

    /// How many bytes the host would take over now; a dead connection takes none.
    int room() {
        return dead() ? 0 : sender.room();
    }

    void add(byte[] bytes) {
        sender.add(bytes);
    }

    void send() {
        sender.send();
    }

    int available() {
        return receiver.available();
    }

    boolean finished() {
        return receiver.finished() && receiver.available() == 0;
    }

    void take(ByteBuffer into, int count) {
        receiver.take(into, count);
    }

    /// The program closes it; what was taken over still goes out, as long as the peer lets it.
    void close() {
        if (dead()) {
            return;
        }
        owner = null;
        stage = Stage.ORPHAN;
        if (receiver.available() > 0 && refusesUnread()) {
            reset();
            return;
        }
        receiver.discard();
        sender.finish();
    }

    /// Ends it at once, and tells the peer.
    void reset() {
        if (!dead()) {
            sendReset();
            die();
        }
    }

    /// Ends it and tells nobody.
    void die() {
        if (!dead()) {
            stage = Stage.DEAD;
            sender.stop();
            process.network().remove(this);
        }
    }

    /// The program was killed. Its host ends the connection for it, unless the peer never hears of
    /// that.
    void kill() {
        owner = null;
        Dice dice = fabric.dice();
        if (Faults.strike(dice, fabric.faults().vanished())) {
            simulation().mishap(Mishap.LINK_HALF_OPEN, name());
            die();
        } else if (peer == null || dice.oneIn(3)) {
            reset();
        } else {
            close();
        }
    }

    void timedOut() {
        simulation().mishap(Mishap.LINK_TIMED_OUT, name());
        fail(new Fault(Fault.Kind.UNREACHABLE, peerName + " has not answered for too long"));
    }

    void sendData(long at, byte[] bytes) {
        if (Faults.strike(fabric.dice(), fabric.faults().reset())) {
            resetByNetwork();
        }
        toPeer("data", at, to -> to.data(at, bytes));
    }

    void sendFinish(long at) {
        toPeer("finish", at, to -> to.finish(at));
    }

    void sendAcknowledgement(long upTo, long roomUntil) {
        toPeer("acknowledge", upTo, to -> to.acknowledged(upTo, roomUntil));
    }

    private void resetByNetwork() {
        if (peer == null || peer.node() == node()) {
            return;
        }
        Socket other = peer;
        simulation().mishap(Mishap.LINK_RESET, name());
        simulation().after(fabric.faults().delay().draw(fabric.dice()), this::wasReset);
        simulation().after(fabric.faults().delay().draw(fabric.dice()), other::wasReset);
    }

    private void sendReset() {
        toPeer("reset", 0, Socket::wasReset);
    }

    private void data(long at, byte[] bytes) {
        if (dead() || (orphan() && refusesUnread())) {
            sendReset();
            die();
            return;
        }
        receiver.data(at, bytes);
        settle();
    }

    private void finish(long at) {
        if (dead()) {
            sendReset();
            return;
        }
        receiver.finish(at);
        settle();
    }

    private void acknowledged(long upTo, long roomUntil) {
        if (!dead()) {
            sender.acknowledged(upTo, roomUntil);
            settle();
        }
    }

    private void wasReset() {
        fail(new Fault(Fault.Kind.CLOSED, peerName + " has reset the connection"));
    }

    private void fail(Fault fault) {
        if (!dead()) {
            broken = fault;
            die();
            settle();
        }
    }

    private void settle() {
        if (orphan()) {
            receiver.discard();
            if (sender.done() && receiver.finished()) {
                die();
            }
        } else if (owner != null) {
            owner.changed();
        }
    }

    /// Hosts answer bytes that nobody will read with a reset; one without faults is milder.
    private boolean refusesUnread() {
        return fabric.faults().reset() > 0;
    }

    private void toPeer(String kind, long number, Consumer<Socket> arrival) {
        Socket to = peer;
        if (to != null) {
            fabric.send(new Packet(node(), to.node(), kind, number, () -> arrival.accept(to)));
        }
    }

    private enum Stage {
        OPEN,
        ORPHAN,
        DEAD
    }
}
