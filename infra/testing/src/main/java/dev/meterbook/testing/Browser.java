package dev.meterbook.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium without a window, as found on the search path.
 *
 * <p>Where there is none a test fails and its message says what to install; nothing is downloaded.
 */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    /**
     * Complains about every browser newer than itself; what it would then lack is not used here.
     */
    private static final Logger VERSION_WARNINGS =
            Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts a browser with a fresh profile and a page of 1280 by 900 pixels. */
    public static Browser start() {
        VERSION_WARNINGS.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(
                onPath("chromium", List.of("chromium", "chromium-browser", "google-chrome")));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--window-size=1280,900");
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(onPath("chromium-driver", List.of("chromedriver")))
                        .usingAnyFreePort()
                        .withSilent(true)
                        .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static File onPath(String debianPackage, List<String> names) {
        List<String> folders =
                SEPARATOR.splitAsStream(System.getenv().getOrDefault("PATH", "")).toList();
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no "
                                                + names.getFirst()
                                                + " on PATH: install the package "
                                                + debianPackage))
                .toFile();
    }

    /** The driver itself, for whatever the shortcuts below do not cover. */
    public WebDriver driver() {
        return driver;
    }

    /** Opens an address and waits until the page is loaded. */
    public void open(String url) {
        driver.get(url);
    }

    /** Waits until an element is shown and gives it. */
    public WebElement shown(String cssSelector) {
        return until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(cssSelector)));
    }

    /** Waits until the function gives something other than null or false. */
    public <T> T until(Function<? super WebDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE).until(condition);
    }

    /** Text of all elements that match, in the page's order. */
    public Stream<String> texts(String cssSelector) {
        return driver.findElements(By.cssSelector(cssSelector)).stream().map(WebElement::getText);
    }

    /** What the page shows, as PNG. */
    public byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
