package hallows.simulation;

import hallows.runtime.BlockingThreads;
import hallows.runtime.Check;
import hallows.runtime.Clock;
import hallows.runtime.Core;
import hallows.runtime.CoreOptions;
import hallows.runtime.Dice;
import hallows.runtime.Network;
import hallows.runtime.World;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A machine: a disk that stays, and one process at a time. As a [World] it is that of the process
/// that runs now.
public final class SimNode implements World {
    private static final int PORT_FIRST = 32_768;
    private static final List<String> MYSELF =
            List.of("localhost", "127.0.0.1", "0.0.0.0", "::1", "::");

    private final Simulation simulation;
    private final String name;
    private final Platter platter = new Platter();
    private final DiskFate diskFate;
    private final Map<Integer, SimListener> listeners = new HashMap<>();
    private final Map<String, String> ways = new HashMap<>();
    private SimProcess process;
    private boolean powered = true;
    private int starts;
    private int ports = PORT_FIRST;

    SimNode(Simulation simulation, String name) {
        Check.that(simulation.find(name) == null, "each machine has a name of its own");
        this.simulation = simulation;
        this.name = name;
        this.diskFate = new DiskFate(this, platter);
        this.process = new SimProcess(this, starts);
    }

    /// Its host name.
    public String name() {
        return name;
    }

    /// Whether a process runs.
    public boolean running() {
        return process.alive();
    }

    /// Kills the process, wherever it stands. What it wrote is still written; its connections end,
    /// mostly in a way that the peers notice.
    public void crash() {
        if (process.alive()) {
            simulation.mishap(Mishap.CRASH, name);
            process.die();
            process.network().kill();
            listeners.clear();
            platter.locked().clear();
        }
    }

    /// Stops the machine. What was not flushed is lost, or not, or in part; the peers are not told.
    public void powerLoss() {
        if (powered) {
            simulation.mishap(Mishap.POWER_LOSS, name);
            end();
            powered = false;
            SeededDice dice = simulation.dice(name + " power loss " + starts);
            platter.losePower(new PowerLoss(simulation, name, dice));
        }
    }

    /// Starts the next process, and the machine first where needed.
    ///
    /// @return the new process's world; that of the old one is of no use any more
    public World restart() {
        crash();
        powered = true;
        process = new SimProcess(this, ++starts);
        simulation.note("restart", name, starts);
        return process;
    }

    @Override
    public Clock clock() {
        return process.clock();
    }

    @Override
    public Dice dice(String purpose) {
        return process.dice(purpose);
    }

    @Override
    public SimDisk disk() {
        return process.disk();
    }

    @Override
    public Network network() {
        return process.network();
    }

    @Override
    public BlockingThreads blocking() {
        return process.blocking();
    }

    @Override
    public BlockingThreads flushing() {
        return process.flushing();
    }

    @Override
    public Core core(CoreOptions options) {
        return process.core(options);
    }

    @Override
    public MemorySegment reserve(long bytes, Arena arena) {
        return process.reserve(bytes, arena);
    }

    Simulation simulation() {
        return simulation;
    }

    Platter platter() {
        return platter;
    }

    DiskFate diskFate() {
        return diskFate;
    }

    boolean powered() {
        return powered;
    }

    /// Stops the process and its host's part of its connections, without a word to anybody.
    void end() {
        process.die();
        process.network().losePower();
        listeners.clear();
    }

    /// Which machine a host name leads to from here.
    @Nullable SimNode resolve(String host) {
        return MYSELF.contains(host) ? this : simulation.find(host);
    }

    @Nullable SimListener listener(int port) {
        return listeners.get(port);
    }

    void listen(int port, SimListener listener) {
        listeners.put(port, listener);
    }

    void unlisten(int port) {
        listeners.remove(port);
    }

    int freePort() {
        do {
            ports = ports == 0xffff ? PORT_FIRST : ports + 1;
        } while (listeners.containsKey(ports));
        return ports;
    }

    /// Names the way to another machine, for the trace.
    String wayTo(SimNode other) {
        return ways.computeIfAbsent(other.name, to -> name + ">" + to);
    }

    /// What each core does now.
    List<String> states() {
        return process.cores().stream().map(SimCore::describe).toList();
    }
}
