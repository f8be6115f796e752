// Draws charts, sends filter forms when something is chosen, reloads where a service was away.
// Amounts arrive as exact texts; they become numbers here, for drawing only.
(function () {
    'use strict';
    const colors = ['#0f766e', '#f59e0b', '#6366f1', '#ec4899', '#0ea5e9', '#94a3b8'];
    const ink = '#5b6678';
    const charts = new Set();

    // Two digits after the point, or four where the largest column is below one.
    function money(data) {
        const sums = data.labels.map((_, index) => data.series.map((one) => Number(one.values[index])));
        const tops = sums.map((step) => data.kind === 'stacked' ? step.reduce((a, b) => a + b, 0) : Math.max(...step));
        const digits = Math.max(0, ...tops) < 1 ? 4 : 2;
        const format = new Intl.NumberFormat('en-US', {style: 'currency', currency: data.currency, minimumFractionDigits: digits, maximumFractionDigits: digits});
        return (value) => format.format(value);
    }

    function series(data) {
        return data.series.map((one, index) => ({
            name: one.name,
            type: 'bar',
            stack: data.kind === 'stacked' ? 'all' : undefined,
            barMaxWidth: data.kind === 'stacked' ? 26 : 14,
            itemStyle: {color: data.kind === 'stacked' ? colors[index % colors.length] : ['#cbd5e1', '#0f766e'][index % 2], borderRadius: data.kind === 'stacked' ? 0 : [3, 3, 0, 0]},
            emphasis: {focus: 'series'},
            data: one.values.map(Number),
        }));
    }

    function draw(element) {
        const data = JSON.parse(element.dataset.chart);
        const show = money(data);
        const chart = echarts.init(element, null, {renderer: 'svg'});
        chart.setOption({
            animation: false,
            color: colors,
            textStyle: {fontFamily: getComputedStyle(document.body).fontFamily},
            grid: {left: 8, right: 8, top: 16, bottom: 44, containLabel: true},
            legend: {bottom: 0, type: 'scroll', icon: 'roundRect', itemWidth: 10, itemHeight: 10, itemGap: 18, textStyle: {color: ink}},
            tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, valueFormatter: show, confine: true},
            xAxis: {type: 'category', data: data.labels, axisTick: {show: false}, axisLine: {lineStyle: {color: '#e2e8f0'}}, axisLabel: {color: ink, hideOverlap: true}},
            yAxis: {type: 'value', axisLabel: {color: ink, formatter: show}, splitLine: {lineStyle: {color: '#eef2f6'}}},
            series: series(data),
        });
        charts.add(chart);
    }

    function start() {
        charts.forEach((chart) => {
            if (!document.contains(chart.getDom())) {
                chart.dispose();
                charts.delete(chart);
            }
        });
        document.querySelectorAll('[data-chart]').forEach((element) => {
            if (!echarts.getInstanceByDom(element)) {
                draw(element);
            }
        });
    }

    document.addEventListener('change', (event) => {
        const form = event.target.closest('form[data-auto]');
        if (!form) {
            return;
        }
        const custom = form.elements.period && form.elements.period.value === 'custom';
        const dates = form.querySelector('[data-custom-dates]');
        if (dates) {
            dates.classList.toggle('d-none', !custom);
        }
        if (event.target.tagName === 'SELECT' && !(event.target.name === 'period' && custom)) {
            form.requestSubmit();
        }
    });
    document.addEventListener('click', (event) => {
        if (event.target.closest('[data-reload]')) {
            window.location.reload();
        }
    });
    window.addEventListener('resize', () => charts.forEach((chart) => chart.resize()));
    document.addEventListener('htmx:afterSettle', start);
    if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', start);
    } else {
        start();
    }
})();
