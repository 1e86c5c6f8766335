package hallows.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// A client and a log server on two machines, of which the server's dies again and again.
final class LogScenario {
    private static final int NUMBERS = 60;
    private static final int DEATHS = 4;

    final Simulation simulation;
    private final LogServer.Bug bug;
    private final SimNode server;
    private final LogClient client;
    private final SeededDice dice;

    LogScenario(long seed, Faults faults, LogServer.Bug bug) {
        this.simulation = new Simulation(seed, faults);
        this.bug = bug;
        this.server = simulation.node("server");
        this.client = new LogClient(simulation.node("client"), NUMBERS);
        this.dice = simulation.dice("scenario");
        start();
    }

    /// Runs until all numbers are answered, and looks for them a last time.
    void run() {
        long millis = 0;
        for (int i = 0; i < DEATHS; i++) {
            millis += dice.between(1, 400);
            boolean power = dice.oneIn(2);
            simulation.after(Duration.ofMillis(millis), () -> die(power));
        }
        simulation.run(client::done, Duration.ofMinutes(30));
        boolean[] looked = new boolean[1];
        server.powerLoss();
        simulation.after(
                Duration.ofMillis(1),
                () -> {
                    server.restart();
                    start();
                    looked[0] = true;
                });
        simulation.run(() -> looked[0], Duration.ofMinutes(1));
        simulation.runFor(Duration.ofSeconds(1));
    }

    private void start() {
        new LogServer(server, bug, () -> simulation.after(Duration.ZERO, () -> die(true)))
                .start(this::recovered);
    }

    private void die(boolean power) {
        if (!server.running()) {
            return;
        }
        if (power) {
            server.powerLoss();
        } else {
            server.crash();
        }
        simulation.after(
                Duration.ofMillis(dice.between(1, 200)),
                () -> {
                    server.restart();
                    start();
                });
    }

    private void recovered(List<Long> numbers) {
        for (long number : client.answered) {
            if (!new HashSet<>(numbers).contains(number)) {
                throw new AssertionError(number + " was answered and is lost");
            }
        }
    }
}
