package hallows.verify.system;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ours, as `./hallows start` becomes it.
public record Hallows() implements Broker {
    private static final Pattern READY =
            Pattern.compile("Hallows ready on 127\\.0\\.0\\.1:(\\d+) in \\d+ ms");

    @Override
    public BrokerProcess start(Path data, Map<String, String> settings) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("start", "--data", data.toString(), "--listen", "127.0.0.1:0"));
        settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        return BrokerProcess.started("Hallows", Program.command(words), Hallows::ready);
    }

    @Override
    public int promisesMax() {
        return 100;
    }

    private static Optional<InetSocketAddress> ready(String line) {
        Matcher said = READY.matcher(line);
        return said.matches()
                ? Optional.of(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(said.group(1))))
                : Optional.empty();
    }
}
