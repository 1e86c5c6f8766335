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

    /// A channel of an application and the port it ends in here.
    private record Line<M extends Message>(String application, Channel<M> channel, Port<M> port) {}

    <M extends Message> void connect(String application, Channel<M> channel, Lines<M> mailboxes) {
        lines.add(new Line<>(application, channel, new Port<>(shard, channel, mailboxes)));
    }

    // Two channels may be declared alike and are two all the same; a line's channel and port are of
    // one kind.
    @SuppressWarnings({"ReferenceEquality", "unchecked"})
    <M extends Message> Port<M> port(String application, Channel<M> channel) {
        for (Line<?> line : lines) {
            if (line.channel() == channel && line.application().equals(application)) {
                return (Port<M>) line.port();
            }
        }
        throw new IllegalArgumentException(
                "application "
                        + application
                        + " has not declared channel "
                        + channel.name()
                        + ": Application.with");
    }

    List<Port<?>> ports() {
        return lines.stream().<Port<?>>map(Line::port).toList();
    }

    List<Port<?>> ports(String application) {
        return lines.stream()
                .filter(line -> line.application().equals(application))
                .<Port<?>>map(Line::port)
                .toList();
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

    /// Answers as failed what has come since.
    int bounce() {
        int bounced = 0;
        for (Line<?> line : lines) {
            bounced += line.port().bounce();
        }
        return bounced;
    }
}
