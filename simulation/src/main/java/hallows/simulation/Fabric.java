package hallows.simulation;

import hallows.runtime.Dice;

/// The wires between machines: they carry packets, late, twice, or not at all.
final class Fabric {
    private static final Span LOOPBACK = Span.micros(5, 50);
    private static final int LATE_FACTOR = 10;

    private final Simulation simulation;
    private final Dice dice;

    Fabric(Simulation simulation) {
        this.simulation = simulation;
        this.dice = simulation.dice("network");
    }

    Dice dice() {
        return dice;
    }

    NetworkFaults faults() {
        return simulation.faults().network();
    }

    /// How coarse the next connection is.
    Sender.Shape shape() {
        if (!faults().fragmented()) {
            return new Sender.Shape(16_384, 65_536);
        }
        int packetBytes = dice.oneIn(8) ? 64 : 512 << dice.below(6);
        return new Sender.Shape(packetBytes, 1_024 << dice.below(8));
    }

    /// Sends a packet off.
    void send(Packet packet) {
        if (packet.from() == packet.to()) {
            simulation.after(LOOPBACK.draw(dice), () -> arrive(packet));
            return;
        }
        maybePart(packet);
        if (Faults.strike(dice, faults().dropped())) {
            simulation.mishap(Mishap.PACKET_DROPPED, way(packet));
            return;
        }
        simulation.after(delay(), () -> arrive(packet));
        if (Faults.strike(dice, faults().duplicated())) {
            simulation.mishap(Mishap.PACKET_DUPLICATED, way(packet));
            simulation.after(delay(), () -> arrive(packet));
        }
    }

    private void arrive(Packet packet) {
        if (simulation.partitions().isCut(packet.from(), packet.to())) {
            simulation.mishap(Mishap.PACKET_CUT, way(packet));
        } else if (packet.to().powered()) {
            simulation.note(packet.kind(), way(packet), packet.number());
            packet.arrival().run();
        }
    }

    private long delay() {
        long nanos = faults().delay().draw(dice);
        return Faults.strike(dice, faults().late()) ? nanos * LATE_FACTOR : nanos;
    }

    private void maybePart(Packet packet) {
        if (Faults.strike(dice, faults().partitioned())) {
            simulation.mishap(Mishap.PARTITION, way(packet));
            long until = simulation.nanos() + faults().partition().draw(dice);
            simulation.partitions().cut(packet.from(), packet.to(), until);
            if (dice.oneIn(2)) {
                simulation.partitions().cut(packet.to(), packet.from(), until);
            }
        }
    }

    private static String way(Packet packet) {
        return packet.from().wayTo(packet.to());
    }
}
