package hallows.simulation;

import org.jspecify.annotations.Nullable;

/// One direction of a connection at its sending host: what was taken over and not yet acknowledged.
/// When no answer comes, all of it goes out again, ever more rarely, until the host gives up.
final class Sender {
    private static final long RESEND_NANOS = 200_000_000L;
    private static final int BACKOFF_MOST = 6;
    private static final int TRIES_MOST = 7;

    private final Socket socket;
    private final Simulation simulation;
    private final ByteQueue buffer = new ByteQueue();
    private final int bufferBytes;
    private final int packetBytes;
    private long acknowledged;
    private long sent;
    private long end;
    private long allowed;
    private boolean finishing;
    private int tries;
    private int backoff;
    private Agenda.@Nullable Entry timer;

    Sender(Socket socket, Shape shape) {
        this.socket = socket;
        this.simulation = socket.simulation();
        this.bufferBytes = shape.bufferBytes();
        this.packetBytes = shape.packetBytes();
        this.allowed = shape.bufferBytes();
    }

    /// How many bytes it would take over now.
    int room() {
        return bufferBytes - buffer.size();
    }

    /// Takes bytes over; [#send] sends them.
    void add(byte[] bytes) {
        buffer.add(bytes, 0, bytes.length);
        end += bytes.length;
    }

    /// Says after the last byte that there are no more; this counts as one byte.
    void finish() {
        finishing = true;
        send();
    }

    /// Sends what the receiver has room for.
    void send() {
        while (sent < end && sent < allowed) {
            int count = (int) Math.min(packetBytes, Math.min(end, allowed) - sent);
            sendOne(count);
        }
        if (sent < end) {
            simulation.mishap(Mishap.RECEIVER_FULL, socket.name());
        } else if (finishing && sent == end) {
            socket.sendFinish(sent);
            sent++;
        }
        watch();
    }

    /// The receiver has all bytes before `upTo`, and room until `until`.
    void acknowledged(long upTo, long until) {
        allowed = Math.max(allowed, until);
        boolean news = upTo > acknowledged;
        if (news) {
            buffer.drop((int) Math.max(0, Math.min(upTo, end) - acknowledged));
            acknowledged = upTo;
            sent = Math.max(sent, upTo);
            backoff = 0;
        }
        if (news || !socket.orphan()) {
            tries = 0;
        }
        send();
    }

    /// Whether the receiver has everything, the end too.
    boolean done() {
        return finishing && acknowledged > end;
    }

    /// Gives up.
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void sendOne(int count) {
        socket.sendData(sent, buffer.peek((int) (sent - acknowledged), count));
        sent += count;
    }

    private void watch() {
        stop();
        if (!socket.dead() && (sent > acknowledged || sent < end)) {
            timer = simulation.after(RESEND_NANOS << backoff, this::timeUp);
        }
    }

    private void timeUp() {
        if (++tries > TRIES_MOST) {
            socket.timedOut();
            return;
        }
        backoff = Math.min(backoff + 1, BACKOFF_MOST);
        sent = acknowledged;
        simulation.mishap(Mishap.PACKET_RESENT, socket.name());
        if (sent < end && sent >= allowed) {
            sendOne(1);
        }
        send();
    }

    /// How coarse a connection is.
    ///
    /// @param packetBytes what fits in one packet
    /// @param bufferBytes what a host holds, for each direction
    record Shape(int packetBytes, int bufferBytes) {}
}
