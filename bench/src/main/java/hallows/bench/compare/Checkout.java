package hallows.bench.compare;

import java.net.URISyntaxException;
import java.nio.file.Path;

/// Where this program was built: its brokers are built there, too.
final class Checkout {
    private Checkout() {}

    static Path root() {
        try {
            Path classes =
                    Path.of(
                            Checkout.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            // Of classes, of target, of bench.
            return classes.resolve("../../..").normalize();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
