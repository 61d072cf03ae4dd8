/**
 * With any value: nobody sits in front of the page that asks, it only keeps up to date. Such a request does not put off the end of a session
 * that comes for want of use.
 */
export const unattendedHeader = 'buergerdraht-unattended'
