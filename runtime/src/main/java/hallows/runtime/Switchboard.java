package hallows.runtime;

import java.util.ArrayList;
import java.util.List;

/// A shard's ends of all channels.
final class Switchboard {
    private final Shard shard;
    private final List<Line<?>> lines = new ArrayList<>();

    Switchboard(Shard shard) {
        this.shard = shard;
    }

    /// A channel and the port it ends in here.
    private record Line<M extends Message>(Channel<M> channel, Port<M> port) {}

    <M extends Message> void connect(Channel<M> channel, Lines<M> mailboxes) {
        lines.add(new Line<>(channel, new Port<>(shard, channel, mailboxes)));
    }

    // Two channels may be declared alike and are two all the same; a line's channel and port are of
    // one kind.
    @SuppressWarnings({"ReferenceEquality", "unchecked"})
    <M extends Message> Port<M> port(Channel<M> channel) {
        for (Line<?> line : lines) {
            if (line.channel() == channel) {
                return (Port<M>) line.port();
            }
        }
        throw new IllegalArgumentException(
                "no application on shard "
                        + shard.index()
                        + " has declared channel "
                        + channel.name());
    }

    /// Wakes each port that has mail; returns how many.
    int wakePorts() {
        int woken = 0;
        for (int i = 0; i < lines.size(); i++) {
            Port<?> port = lines.get(i).port();
            if (port.hasMail()) {
                port.wake();
                woken++;
            }
        }
        return woken;
    }

    boolean hasMail() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).port().hasMail()) {
                return true;
            }
        }
        return false;
    }

    /// Nobody reads mail here any more.
    void close() {
        lines.forEach(line -> line.port().close());
    }

    /// Answers as failed what has come since.
    int bounce() {
        int bounced = 0;
        for (Line<?> line : lines) {
            bounced += line.port().bounce();
        }
        return bounced;
    }
}
